package io.jenkins.plugins.shera.build.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many builds at once in a JVM of their own, whose heap the caller bounds: {@code REGISTRY FOLDER COUNT}; prints failures, seconds and megabytes. */
final class ManyBuilds {
    private static final int LIBRARIES = 20 << 20;
    private static final int CLASSES = 1 << 20;
    private static final long MEGABYTE = 1 << 20;

    private ManyBuilds() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        List<OurBuild> builds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path own = Files.createDirectories(folder.resolve("many-" + i));
            ServiceFiles.libraries(own.resolve("lib"), LIBRARIES, i);
            ServiceFiles.classes(own.resolve("classes"), CLASSES, i);
            Files.writeString(own.resolve("Dockerfile"), OurBuild.dockerfile(arguments[0]));
            builds.add(new OurBuild(arguments[0], own, folder.resolve("cache-" + i)));
        }
        CountDownLatch begin = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            OurBuild build = builds.get(i);
            String repository = "many" + i;
            running.add(threads.submit(() -> {
                begin.await();
                return build.build(folder).pushTo(build.place().repository(repository), List.of("1"));
            }));
        }
        Heap heap = new Heap();
        heap.setDaemon(true);
        heap.start();
        long start = System.nanoTime();
        begin.countDown();
        int failed = 0;
        for (Future<?> each : running) {
            try {
                each.get();
            } catch (Exception e) {
                failed++;
                e.printStackTrace();
            }
        }
        System.out.println(failed + " " + (System.nanoTime() - start) / 1e9 + " " + heap.most / MEGABYTE);
        System.exit(0);
    }

    /** Looks at what the heap holds, garbage not yet collected too. */
    private static final class Heap extends Thread {
        private volatile long most;

        @Override
        public void run() {
            Runtime runtime = Runtime.getRuntime();
            try {
                while (true) {
                    most = Math.max(most, runtime.totalMemory() - runtime.freeMemory());
                    Thread.sleep(20);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
