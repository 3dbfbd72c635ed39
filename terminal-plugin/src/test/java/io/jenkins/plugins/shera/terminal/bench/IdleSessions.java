package io.jenkins.plugins.shera.terminal.bench;

import io.jenkins.plugins.shera.bench.Bench;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Sessions that people look at and in which they hardly type, and what they cost the Jenkins that has them. */
final class IdleSessions implements AutoCloseable {
    private static final int OF_ONE = 10;
    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_THREADS = 20;
    /** Well before a session ends because nobody types. */
    private static final long TYPE_MINUTES = 10;

    private static final long PATIENCE_SECONDS = 120;

    private final String root;
    private final Process tabs;
    private final PrintStream orders;
    private final BufferedReader answers;
    private long heap;
    private Map<String, Integer> threads = Map.of();
    private int people;
    private int count;

    IdleSessions(String root) throws IOException {
        this.root = root;
        URI server = URI.create(root);
        tabs = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleTabs.class.getName(),
                        server.getHost(),
                        String.valueOf(server.getPort()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        orders = new PrintStream(tabs.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(tabs.getInputStream(), StandardCharsets.UTF_8));
    }

    /** What the first session and its tab cost is no session's. */
    void warmUp(String pod, String container) throws Exception {
        join("before", pod, container);
        await(0);
        heap = used();
        threads = threads();
        count = 0;
    }

    /** Opens so many, ten for each person, and a tab for each. */
    void open(int more, String pod, String container) throws Exception {
        for (int i = 0; i < more; i++) {
            if (i % OF_ONE == 0) {
                people++;
            }
            join("idle" + people, pod, container);
        }
    }

    private void join(String user, String pod, String container) throws Exception {
        String session = OurTerminal.open(root, user, pod, container);
        orders.println(
                "open " + user + " " + URI.create(root).getPath() + OurTerminal.TERMINAL + "socket?session=" + session);
        count++;
    }

    /** {@code joined answered ended}. */
    private int[] told() throws IOException {
        orders.println("tell");
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the tabs are gone");
        }
        String[] words = line.split(" ");
        return new int[] {Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2])};
    }

    /** Until all have the number; or as many as do after some minutes. */
    private int await(int which) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        int all = heap == 0 ? 1 : count + 1;
        while (told()[which] < all && System.nanoTime() < deadline) {
            Thread.sleep(500);
        }
        return told()[which];
    }

    /** After so many minutes, in which each tab presses a key now and then. */
    void measure(Bench bench, long minutes) throws Exception {
        int joined = await(0);
        int silent = 0;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        do {
            orders.println("type");
            silent = Math.max(silent, joined - await(1));
            long left = end - System.nanoTime();
            if (left > 0) {
                TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MINUTES.toNanos(TYPE_MINUTES)));
            }
        } while (System.nanoTime() < end);
        double each = (used() - heap) / (double) count;
        Map<String, Integer> now = threads();
        int more = sum(now) - sum(threads);
        now.forEach((name, many) -> {
            if (many > threads.getOrDefault(name, 0)) {
                System.err.println(
                        "bench: threads " + name + ": " + threads.getOrDefault(name, 0) + " before, " + many);
            }
        });
        String so = " idle sessions, each with its tab, for " + minutes + (minutes == 1 ? " minute" : " minutes");
        bench.measure("heap of each of " + count + so + " (KB)", each / 1024).atMost(MOST_BYTES / 1024.0);
        bench.measure("threads for all of them", Math.max(0, more)).atMost(MOST_THREADS);
        bench.measure(
                        "of them not joined, ended meanwhile, or without an answer to a key",
                        count + 1 - joined + told()[2] + silent)
                .atMost(0);
    }

    /** How many there are, by name without its numbers. */
    private static Map<String, Integer> threads() {
        Map<String, Integer> many = new TreeMap<>();
        Thread.getAllStackTraces()
                .keySet()
                .forEach(thread ->
                        many.merge(thread.getName().replaceAll("[0-9a-f]*[0-9]+[0-9a-f]*", "N"), 1, Integer::sum));
        return many;
    }

    private static int sum(Map<String, Integer> many) {
        return many.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(1000);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    @Override
    public void close() {
        orders.close();
        tabs.destroy();
    }
}
