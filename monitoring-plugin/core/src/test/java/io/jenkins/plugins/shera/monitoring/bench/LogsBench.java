package io.jenkins.plugins.shera.monitoring.bench;

import io.jenkins.plugins.shera.bench.Bench;
import io.jenkins.plugins.shera.bench.Repeated;
import io.jenkins.plugins.shera.monitoring.logs.DockerContainer;
import io.jenkins.plugins.shera.monitoring.logs.LogSearch;
import io.jenkins.plugins.shera.monitoring.logs.LogSink;
import io.jenkins.plugins.shera.monitoring.logs.TextSink;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * A window of 10 s, 10,000 lines, in a log of 1 GiB and, where {@code -- 2 4 10} asks for it, of 2, 4 and 10 GiB: the real docker engine,
 * a linear reader with the kubelet's algorithm, and ours. The engine is asked of the larger ones with {@code all} only, for it takes
 * minutes there. Needs docker, whose log files this process may write.
 */
final class LogsBench {

    private static final int WINDOW = 10_000;
    /** GiB of which the engine is asked in any case. */
    private static final int MOST_ASKED = 2;

    private static final int RANDOM_WARM = 200;
    private static final int RANDOM_COLD = 60;
    private static final int READERS = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final Bench bench = new Bench();
    private final Path folder;
    private final DockerContainer container;

    private LogsBench(Path folder, DockerContainer container) {
        this.folder = folder;
        this.container = container;
    }

    /** Sizes in GiB besides 1, and {@code all} to ask the engine of them too. */
    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        Path folder = Files.createTempDirectory("shera-bench-logs");
        boolean met;
        if (System.getenv("DOCKER_HOST") == null) {
            System.err.println("bench: needs a docker engine that DOCKER_HOST names");
            System.exit(2);
        }
        try (DockerContainer container = DockerContainer.run(folder, "echo begin")) {
            LogsBench logs = new LogsBench(folder, container);
            List<Integer> sizes = new ArrayList<>(List.of(1));
            given.stream()
                    .filter(each -> each.matches("[0-9]{1,3}"))
                    .map(Integer::valueOf)
                    .forEach(sizes::add);
            for (int size : sizes) {
                long free = container.log().toFile().getUsableSpace();
                if (free < ((long) size << 30) * 2) {
                    System.err.println("bench: the disk has no room for " + size + " GiB twice, left out");
                } else {
                    logs.size(size, size <= MOST_ASKED || given.contains("all"));
                }
            }
            met = logs.bench.allMet();
        }
        System.exit(met ? 0 : 1);
    }

    private void size(int gib, boolean engine) throws Exception {
        System.err.println("bench: writing " + gib + " GiB");
        ForgedLog log = ForgedLog.write(container.log(), (long) gib << 30);
        String of = ", " + gib + " GiB";
        for (int percent : new int[] {0, 5, 50, 95, 100}) {
            long first = Math.min(log.lines() * percent / 100, log.lines() - WINDOW);
            place(log, percent, first, of, engine);
        }
        random(log, of);
        wide(log, of);
        heap(log, of);
    }

    private void place(ForgedLog log, int percent, long first, String of, boolean engine) throws Exception {
        Instant since = log.at(first);
        Instant until = log.at(first + WINDOW - 1);
        Window window = Window.of(since, until);
        double ours = Repeated.medianMillis(3, 9, () -> {
            find(log, window, OutputStream.nullOutputStream());
            return null;
        });
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        find(log, window, found);
        ByteArrayOutputStream linear = new ByteArrayOutputStream();
        long began = System.nanoTime();
        LinearReader.read(log.file(), since, until, linear);
        double linearMillis = (System.nanoTime() - began) / 1e6;
        require(Arrays.equals(found.toByteArray(), linear.toByteArray()), "the linear reader gave other bytes");
        String what = "10,000 lines at " + percent + " %" + of;
        bench.measure(what + ", beside a linear reader (ms)", ours, linearMillis)
                .atMostTimes(1);
        if (engine) {
            began = System.nanoTime();
            byte[] theirs = container
                    .logs(PATIENCE, "--since", since.toString(), "--until", until.toString())
                    .get(0);
            double engineMillis = (System.nanoTime() - began) / 1e6;
            boolean same = Arrays.equals(found.toByteArray(), theirs);
            bench.measure("the same, bytes that differ from docker logs", same ? 0 : 1)
                    .atMost(0);
            bench.measure(what + ", beside docker logs (ms)", ours, engineMillis)
                    .atMostTimes(percent == 95 && !of.equals(", 1 GiB") ? 0.001 : 1);
        }
    }

    private static void find(ForgedLog log, Window window, OutputStream out) throws IOException {
        new LogSearch().search(log.file(), window, new TextSink(out, out, false));
    }

    private void random(ForgedLog log, String of) throws Exception {
        Random random = new Random(7);
        double[] warm = new double[RANDOM_WARM];
        for (int i = 0; i < warm.length; i++) {
            warm[i] = once(log, random);
        }
        bench.measure("10,000 lines anywhere" + of + ", p99 warm (ms)", Repeated.percentile(warm, 99))
                .atMost(50);
        double[] cold = new double[RANDOM_COLD];
        for (int i = 0; i < cold.length; i++) {
            forget(log.file());
            cold[i] = once(log, random);
        }
        bench.measure("10,000 lines anywhere" + of + ", p99 cold (ms)", Repeated.percentile(cold, 99))
                .atMost(150);
    }

    private static double once(ForgedLog log, Random random) throws IOException {
        long first = (long) (random.nextDouble() * (log.lines() - WINDOW));
        Window window = Window.of(log.at(first), log.at(first + WINDOW - 1));
        long began = System.nanoTime();
        find(log, window, OutputStream.nullOutputStream());
        return (System.nanoTime() - began) / 1e6;
    }

    /** Has the system drop what it keeps of the file, and of nothing else. */
    private void forget(Path file) throws Exception {
        Process dd = new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("dd.out").toFile())
                .start();
        require(dd.waitFor() == 0, "dd could not drop the cache of the log");
    }

    private void wide(ForgedLog log, String of) throws Exception {
        long from = log.lines() / 10;
        long to = Math.min(log.lines() - 1, from + 4_000_000);
        Window window = Window.of(log.at(from), log.at(to));
        double bytes = (double) Files.size(log.file()) * (to - from) / log.lines();
        double millis = Repeated.medianMillis(1, 5, () -> {
            find(log, window, OutputStream.nullOutputStream());
            return null;
        });
        bench.measure("a wide window" + of + " (MB/s)", bytes / 1e6 / (millis / 1e3))
                .atLeast(300);
    }

    /** What a reader holds while its sink makes it wait in the middle of a window. */
    private void heap(ForgedLog log, String of) throws Exception {
        Window window = Window.of(log.at(log.lines() / 3), log.at(log.lines() * 2 / 3));
        long before = used();
        CountDownLatch waiting = new CountDownLatch(READERS);
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            Thread thread = new Thread(() -> {
                try {
                    new LogSearch().search(log.file(), window, new Waiting(waiting, go));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        waiting.await();
        double each = (used() - before) / 1e6 / READERS;
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        bench.measure("heap of a reader, " + READERS + " at once" + of + " (MB)", Math.max(0, each))
                .atMost(16);
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** Takes 100,000 records, then holds its search there until it may go, and ends it. */
    private static final class Waiting implements LogSink {
        private final CountDownLatch waiting;
        private final CountDownLatch go;
        private int records;

        Waiting(CountDownLatch waiting, CountDownLatch go) {
            this.waiting = waiting;
            this.go = go;
        }

        @Override
        public void begin(long stamp, boolean error) throws IOException {
            if (++records == 100_000) {
                waiting.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new io.jenkins.plugins.shera.monitoring.logs.EnoughException();
            }
        }

        @Override
        public void content(byte[] bytes, int from, int length) {
            // Nothing is kept.
        }

        @Override
        public void end() {
            // Nothing is kept.
        }
    }
}
