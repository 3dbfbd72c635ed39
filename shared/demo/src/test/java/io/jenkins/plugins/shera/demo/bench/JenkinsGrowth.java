package io.jenkins.plugins.shera.demo.bench;

import io.jenkins.plugins.shera.bench.Repeated;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Heap after a collection, threads and open files of a Java process over time, by {@code jcmd} and {@code /proc}. */
final class JenkinsGrowth {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");
    private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s+(\\d+)$");

    private record Sample(double heap, double threads, double files) {}

    private final List<Sample> samples = new ArrayList<>();

    /** Collects its garbage and looks; {@code builds} is for the line that it says. */
    void sample(ProcessHandle process, long builds) throws IOException, InterruptedException {
        Path proc = Path.of("/proc", String.valueOf(process.pid()));
        Sample sample = new Sample(
                heap(process.pid()),
                number(THREADS, Files.readString(proc.resolve("status"))),
                files(proc.resolve("fd")));
        samples.add(sample);
        SoakBench.say("after %d builds: heap %.1f MB, %.0f threads, %.0f files"
                .formatted(builds, sample.heap(), sample.threads(), sample.files()));
    }

    /** A histogram of live objects is made after a full collection, and ends with their sum in bytes. */
    private static double heap(long pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, String.valueOf(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return number(TOTAL, text) / 1e6;
    }

    private static double number(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("There is no " + pattern + " in: " + text);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static double files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    double firstHeap() {
        return median(Sample::heap, false);
    }

    double lastHeap() {
        return median(Sample::heap, true);
    }

    double firstThreads() {
        return median(Sample::threads, false);
    }

    double lastThreads() {
        return median(Sample::threads, true);
    }

    double firstFiles() {
        return median(Sample::files, false);
    }

    double lastFiles() {
        return median(Sample::files, true);
    }

    private double median(ToDoubleFunction<Sample> value, boolean last) {
        int quarter = Math.max(1, samples.size() / 4);
        List<Sample> part =
                last ? samples.subList(samples.size() - quarter, samples.size()) : samples.subList(0, quarter);
        return Repeated.percentile(part.stream().mapToDouble(value).toArray(), 50);
    }
}
