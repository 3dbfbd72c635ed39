package io.jenkins.plugins.shera.build.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.build.dockerfile.DockerfileException;
import io.jenkins.plugins.shera.build.dockerfile.Instruction;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.image.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HEALTHCHECK, in the form docker keeps it in an image's configuration. */
final class HealthCheck {
    private static final Map<String, String> TIMES = Map.of(
            "interval",
            "Interval",
            "timeout",
            "Timeout",
            "start-period",
            "StartPeriod",
            "start-interval",
            "StartInterval");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|h|m|s)");

    private final Instruction instruction;
    private final StageBuild stage;

    HealthCheck(Instruction instruction, StageBuild stage) {
        this.instruction = instruction;
        this.stage = stage;
    }

    ObjectNode read() throws DockerfileException {
        ObjectNode check = Json.object();
        ArrayNode test = check.putArray("Test");
        String[] parts = instruction.rest().split("\\s+", 2);
        String kind = parts[0].toUpperCase(Locale.ROOT);
        if (kind.equals("NONE") && parts.length == 1) {
            test.add("NONE");
            return check;
        }
        if (!kind.equals("CMD") || parts.length < 2) {
            throw instruction.failure("HEALTHCHECK takes NONE, or CMD and a command.");
        }
        Optional<List<String>> list = instruction.execForm(parts[1]);
        if (list.isPresent()) {
            test.add("CMD");
            list.get().forEach(test::add);
        } else {
            test.add("CMD-SHELL").add(parts[1]);
        }
        for (Map.Entry<String, String> time : new java.util.TreeMap<>(TIMES).entrySet()) {
            Optional<String> value = instruction.flag(time.getKey());
            if (value.isPresent()) {
                check.put(time.getValue(), nanoseconds(value.get()));
            }
        }
        String retries = instruction.flag("retries").orElse("");
        if (!retries.isEmpty() && !retries.matches("[1-9][0-9]{0,5}")) {
            throw instruction.failure("--retries takes a number from 1 on.");
        }
        if (!retries.isEmpty()) {
            check.put("Retries", Integer.parseInt(retries));
        }
        return check;
    }

    private long nanoseconds(String text) throws DockerfileException {
        String value = stage.expand(instruction, text);
        Matcher matcher = TIME.matcher(value);
        long sum = 0;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            TimeUnit unit = Map.of(
                            "h",
                            TimeUnit.HOURS,
                            "m",
                            TimeUnit.MINUTES,
                            "s",
                            TimeUnit.SECONDS,
                            "ms",
                            TimeUnit.MILLISECONDS)
                    .get(matcher.group(2));
            sum += unit.toNanos(Long.parseLong(matcher.group(1)));
            end = matcher.end();
        }
        if (end != value.length() || end == 0) {
            throw instruction.failure(Quoted.of(value) + " is not a time like 30s, 5m or 1m30s.");
        }
        return sum;
    }
}
