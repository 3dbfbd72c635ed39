package io.jenkins.plugins.shera.nginx.figures;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request as nginx logged it.
 *
 * @param statusClass first digit of the status
 * @param seconds from the first byte of the request to the last of the answer
 * @param upstream what {@code proxy_pass} named; empty where nothing was passed on, or the format does not tell
 * @param at when the answer was finished, in milliseconds since 1970; 0 where the format does not tell
 */
public record RequestLine(String host, int statusClass, double seconds, String upstream, long at) {
    /** What has to stand in nginx.conf for all of it. */
    public static final String FORMAT = "log_format shera '$host $status $request_time $proxy_host $msec';";

    private static final Pattern LINE = Pattern.compile(
            "(\\S{1,255}) ([1-5])[0-9]{2} ([0-9]{1,9}\\.[0-9]{3})" + "(?: (\\S{1,255}) ([0-9]{1,12})\\.([0-9]{3}))?");

    /** Of a line in that format, or of its first three values alone; nothing for any other. */
    public static Optional<RequestLine> parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String upstream = parts.group(4) == null || parts.group(4).equals("-") ? "" : parts.group(4);
        long at = parts.group(5) == null ? 0 : Long.parseLong(parts.group(5) + parts.group(6));
        return Optional.of(new RequestLine(
                parts.group(1), Integer.parseInt(parts.group(2)), Double.parseDouble(parts.group(3)), upstream, at));
    }
}
