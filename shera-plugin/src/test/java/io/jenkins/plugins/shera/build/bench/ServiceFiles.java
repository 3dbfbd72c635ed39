package io.jenkins.plugins.shera.build.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of a service as they are in life: jars, packed already, and classes, which are not. */
final class ServiceFiles {
    private static final List<byte[]> CLASSES = new ArrayList<>();

    private ServiceFiles() {}

    /** Jars of our own class path, from the one of that number on and round again, until there are that many bytes of them. */
    static void libraries(Path folder, long bytes, int first) throws IOException {
        List<Path> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> each.endsWith(".jar"))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .sorted()
                .toList();
        Files.createDirectories(folder);
        long written = 0;
        for (int i = 0; written < bytes; i++) {
            Path jar = jars.get((first + i) % jars.size());
            Files.copy(jar, folder.resolve(i + "-" + jar.getFileName()));
            written += Files.size(jar);
        }
    }

    /** Classes of the JDK, that many bytes of them, each of which says the number at its end; answers the bytes. */
    static long classes(Path folder, long bytes, int number) throws IOException {
        Files.createDirectories(folder);
        byte[] mark = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
        long written = 0;
        int i = 0;
        for (byte[] each : ofTheJdk()) {
            if (written >= bytes) {
                break;
            }
            byte[] content = ByteBuffer.allocate(each.length + mark.length)
                    .put(each)
                    .put(mark)
                    .array();
            Files.write(folder.resolve("C" + i++ + ".class"), content);
            written += content.length;
        }
        return written;
    }

    private static synchronized List<byte[]> ofTheJdk() throws IOException {
        if (CLASSES.isEmpty()) {
            Path util = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base/java/util");
            try (Stream<Path> all = Files.walk(util)) {
                all.filter(each -> each.toString().endsWith(".class")).sorted().forEach(each -> {
                    try {
                        CLASSES.add(Files.readAllBytes(each));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
        return CLASSES;
    }
}
