package io.jenkins.plugins.shera.kubeng.figures;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The figures that nginx keeps of itself, by its module {@code stub_status}. */
record StubStatus(long active, long accepted, long handled, long requests, long reading, long writing, long waiting) {
    private static final int LONGEST = 4096;
    private static final String NUMBER = "([0-9]{1,18})";
    private static final Pattern ANSWER = Pattern.compile("\\s*Active connections:\\s+" + NUMBER
            + "\\s+server accepts handled requests\\s+" + NUMBER + "\\s+" + NUMBER + "\\s+" + NUMBER
            + "\\s+Reading:\\s+" + NUMBER + "\\s+Writing:\\s+" + NUMBER + "\\s+Waiting:\\s+" + NUMBER + "\\s*");

    /** Asks nginx. */
    static StubStatus ask(HttpClient http, URI status) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(status).timeout(Duration.ofSeconds(2)).build();
        HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new IOException(status + " answered " + answer.statusCode() + ".");
            }
            return parse(new String(body.readNBytes(LONGEST), StandardCharsets.US_ASCII));
        }
    }

    static StubStatus parse(String answer) throws IOException {
        Matcher parts = ANSWER.matcher(answer);
        if (!parts.matches()) {
            throw new IOException("What is at 'metrics.status' is not an answer of stub_status.");
        }
        long[] numbers = new long[8];
        for (int i = 1; i < numbers.length; i++) {
            numbers[i] = Long.parseLong(parts.group(i));
        }
        return new StubStatus(numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7]);
    }
}
