package io.jenkins.plugins.shera.deploy.canary;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them in steps. */
public final class Durations {

    private static final Pattern TIME = Pattern.compile("([0-9]{1,7})(s|m|h|d)?");

    private Durations() {}

    /**
     * Seconds of {@code 90}, {@code 90s}, {@code 10m}, {@code 2h} or {@code 1d}.
     *
     * @throws IllegalArgumentException naming the parameter
     */
    public static int seconds(String parameter, String text) {
        Matcher time = TIME.matcher(text.trim());
        if (time.matches()) {
            long factor =
                    switch (time.group(2) == null ? "s" : time.group(2)) {
                        case "m" -> 60;
                        case "h" -> 3600;
                        case "d" -> 86400;
                        default -> 1;
                    };
            long seconds = Long.parseLong(time.group(1)) * factor;
            if (seconds <= 30L * 86400) {
                return (int) seconds;
            }
        }
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        throw new IllegalArgumentException("'" + shown.replaceAll("\\p{Cntrl}", "?") + "' cannot be the parameter "
                + parameter + ". Give a time such as 90s, 10m, 2h or 1d, at most 30 days.");
    }
}
