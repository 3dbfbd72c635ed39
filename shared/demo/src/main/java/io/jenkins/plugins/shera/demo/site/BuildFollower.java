package io.jenkins.plugins.shera.demo.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.demo.parts.Part;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows a build's log while it runs, and takes the time of its stages. */
public final class BuildFollower {
    private static final Pattern STAGE = Pattern.compile("\\[Pipeline] \\{ \\((.+)\\)");
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final JenkinsClient client;
    private final String build;
    private final Map<String, Part> doneBy;
    private final Stages stages;
    private final Consumer<String> output;
    private String stage;
    private long since;

    /**
     * @param build its address below Jenkins, e.g. {@code job/retail/job/quickstart/1}
     * @param doneBy the stages whose time is taken, and what does each
     * @param output where each line of the log goes
     */
    public BuildFollower(
            JenkinsClient client, String build, Map<String, Part> doneBy, Stages stages, Consumer<String> output) {
        this.client = client;
        this.build = build;
        this.doneBy = doneBy;
        this.stages = stages;
        this.output = output;
    }

    /** Waits for the end, and gives the result's name. */
    public String follow() throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        long position = 0;
        StringBuilder rest = new StringBuilder();
        while (System.nanoTime() < end) {
            JsonNode state = client.read(build + "/api/json?tree=building,result");
            if (!state.isMissingNode()) {
                HttpResponse<String> log = client.log(build, position);
                position =
                        Long.parseLong(log.headers().firstValue("X-Text-Size").orElse(String.valueOf(position)));
                rest.append(log.body());
                drain(rest);
                String result = state.path("result").asText("");
                if (!state.path("building").asBoolean() && !result.isEmpty() && !"null".equals(result)) {
                    finish(result.equals("SUCCESS"));
                    return result;
                }
            }
            TimeUnit.MILLISECONDS.sleep(300);
        }
        throw new IOException("The build did not end within " + LIMIT.toMinutes() + " minutes: look at its log");
    }

    private void drain(StringBuilder text) {
        for (int line = text.indexOf("\n"); line >= 0; line = text.indexOf("\n")) {
            show(text.substring(0, line).stripTrailing());
            text.delete(0, line + 1);
        }
    }

    private void show(String line) {
        Matcher begin = STAGE.matcher(line);
        if (begin.matches()) {
            finish(true);
            stage = begin.group(1);
            since = System.nanoTime();
        } else if (!line.startsWith("[Pipeline]") && !line.isBlank()) {
            output.accept("    " + line);
        }
    }

    private void finish(boolean succeeded) {
        if (stage != null && doneBy.containsKey(stage)) {
            stages.add(stage, doneBy.get(stage), Duration.ofNanos(System.nanoTime() - since), succeeded);
        }
        stage = null;
    }
}
