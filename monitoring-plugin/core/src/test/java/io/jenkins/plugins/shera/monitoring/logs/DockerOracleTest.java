package io.jenkins.plugins.shera.monitoring.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same windows asked of a real docker engine and of us: the same bytes. */
class DockerOracleTest {

    private static final Pattern TIME = Pattern.compile("\"time\":\"([^\"]+)\"}");

    @TempDir
    Path folder;

    @Test
    void givesTheBytesThatDockerGives() throws Exception {
        String script = "i=0; while [ $i -lt 400 ]; do echo \"line $i <&> \\\"q\\\" \\\\\"; i=$((i+1)); "
                + "[ $((i%5)) = 0 ] && echo \"error $i\" >&2; done; printf '\\377\\000\\r\\n\\t\u6f22'; "
                + "/bin/busybox head -c 40000 /dev/zero | /bin/busybox tr '\\000' x; echo";
        try (DockerContainer container = DockerContainer.run(folder, script)) {
            compare(container, 25);
        }
    }

    @Test
    void givesTheBytesThatDockerGivesOfFilesItRotated() throws Exception {
        String script = "i=0; while [ $i -lt 3000 ]; do echo \"line $i of a log that is rotated by the engine\"; "
                + "i=$((i+1)); done";
        try (DockerContainer container = DockerContainer.run(
                folder,
                script,
                "--log-opt",
                "max-size=100k",
                "--log-opt",
                "max-file=3",
                "--log-opt",
                "compress=true")) {
            assertThat(LogFiles.list(container.log())).hasSizeGreaterThan(1);
            compare(container, 8);
        }
    }

    @Test
    void givesTheBytesThatDockerGivesOfAForgedLogWithFractionsOfAnyWidth() throws Exception {
        try (DockerContainer container = DockerContainer.run(folder, "echo begin")) {
            Random random = new Random(3);
            StringBuilder lines = new StringBuilder();
            Instant time = Instant.parse("2026-01-02T03:04:05Z");
            for (int i = 0; i < 30_000; i++) {
                time = time.plusMillis(random.nextInt(3) * 50L);
                lines.append("{\"log\":\"line ").append(i).append("\\n\",\"stream\":\"stdout\",\"time\":\"");
                lines.append(time.toString()
                                .replaceAll("(\\.[0-9]*?)0+Z", "$1Z")
                                .replace(".Z", "Z"))
                        .append("\"}\n");
            }
            Files.writeString(container.log(), lines);
            compare(container, 12);
        }
    }

    private void compare(DockerContainer container, int rounds) throws Exception {
        List<String> times = new ArrayList<>();
        for (Path file : LogFiles.list(container.log())) {
            if (!file.toString().endsWith(".gz")) {
                Matcher matcher = TIME.matcher(Files.readString(file));
                while (matcher.find()) {
                    times.add(matcher.group(1));
                }
            }
        }
        Random random = new Random(4);
        for (int round = 0; round < rounds; round++) {
            int a = random.nextInt(times.size());
            int b = untorn(times, a + random.nextInt(times.size() - a));
            same(container, times.get(a), round % 3 == 0 ? null : times.get(b));
        }
        same(container, null, times.get(untorn(times, times.size() / 2)));
        same(container, null, null);
    }

    /**
     * The first time from {@code index} on that has no earlier record behind a later one: the engine stamps standard output and
     * error before one lock and stops at the first record past the end, where we give every record of the window.
     */
    private static int untorn(List<String> times, int index) {
        for (int i = index; i < times.size(); i++) {
            Instant until = Instant.parse(times.get(i));
            boolean past = false;
            boolean torn = false;
            for (String time : times) {
                boolean after = Instant.parse(time).isAfter(until);
                torn |= past && !after;
                past |= after;
            }
            if (!torn) {
                return i;
            }
        }
        return index;
    }

    private static void same(DockerContainer container, String since, String until) throws Exception {
        List<String> options = new ArrayList<>();
        if (since != null) {
            options.addAll(List.of("--since", since));
        }
        if (until != null) {
            options.addAll(List.of("--until", until));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        Window window =
                Window.of(since == null ? null : Instant.parse(since), until == null ? null : Instant.parse(until));
        new LogSearch().search(container.log(), window, new TextSink(out, error, false));
        List<byte[]> theirs = container.logs(options.toArray(String[]::new));
        assertThat(out.toString(UTF_8)).as("out %s", options).isEqualTo(new String(theirs.get(0), UTF_8));
        assertThat(out.toByteArray()).isEqualTo(theirs.get(0));
        assertThat(error.toByteArray()).as("error %s", options).isEqualTo(theirs.get(1));
    }
}
