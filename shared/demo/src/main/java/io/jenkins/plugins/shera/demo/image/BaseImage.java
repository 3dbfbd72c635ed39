package io.jenkins.plugins.shera.demo.image;

import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java runtime image: what {@code jlink} makes of the JDK at hand, and of this machine's C library the files that it
 * is linked with.
 */
public final class BaseImage {
    private static final String MODULES = "java.base,java.logging,jdk.httpserver,java.management,java.naming";
    private static final Pattern LIBRARY = Pattern.compile("(?:=> )?(/\\S+) \\(0x");
    private static final int TOOL_LIMIT_SECONDS = 180;

    /** A file is locked against other processes alone. */
    private static final Object ONE_HERE = new Object();

    private final Path work;

    /** The runtime and the layer are kept in this folder, and used again. */
    public BaseImage(Path work) {
        this.work = work;
    }

    /** Makes what is not there yet, and brings the image to the repository under the tag; demos that share the folder wait for each other. */
    public void to(ImageTarget repository, String tag) throws IOException, InterruptedException {
        if (repository.resolve(tag).isPresent()) {
            return;
        }
        Files.createDirectories(work);
        synchronized (ONE_HERE) {
            try (FileChannel file = FileChannel.open(
                            work.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock ignored = file.lock()) {
                make(repository, tag);
            }
        }
    }

    private void make(ImageTarget repository, String tag) throws IOException, InterruptedException {
        Layer layer = layer();
        ImageConfig config = ImageConfig.empty(Platform.ofThisMachine());
        config.created(Instant.EPOCH);
        config.addLayer(layer.diffId(), "a Java runtime of this machine's JDK");
        config.environment(Map.of("PATH", "/opt/java/bin:/usr/bin:/bin", "JAVA_HOME", "/opt/java"));
        new ImagePush().add(layer).to(repository, List.of(tag), config);
    }

    private Layer layer() throws IOException, InterruptedException {
        Path runtime = runtime();
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        writer.add(TarEntry.folder("tmp", 01777));
        writer.add(TarEntry.folder("app", 0755));
        addText(writer, "etc/passwd", "root:x:0:0:root:/root:/bin/false\napp:x:1000:1000:app:/app:/bin/false\n");
        addText(writer, "etc/group", "root:x:0:\napp:x:1000:\n");
        try (Stream<Path> files = Files.walk(runtime)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                add(writer, "opt/java/" + runtime.relativize(file), file);
            }
        }
        for (Path library : libraries(runtime)) {
            add(writer, library.toString().substring(1), library.toRealPath());
        }
        return writer.write(work.resolve("base-layer.tar.gz"));
    }

    private static void add(LayerWriter writer, String name, Path file) throws IOException {
        int mode = Files.isExecutable(file) ? 0755 : 0644;
        writer.add(TarEntry.file(name, mode, Files.size(file)), BlobSource.of(file));
    }

    private static void addText(LayerWriter writer, String name, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        writer.add(TarEntry.file(name, 0644, content.length), BlobSource.of(content));
    }

    private Path runtime() throws IOException, InterruptedException {
        Path runtime = work.resolve("runtime-" + Runtime.version().feature());
        if (Files.isDirectory(runtime)) {
            return runtime;
        }
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        if (!Files.isExecutable(jlink)) {
            throw new IOException("The demo makes its base image with jlink, and " + jlink
                    + " is not there: run it with a whole JDK.");
        }
        Path beside = work.resolve(".runtime-" + ProcessHandle.current().pid());
        run(List.of(
                jlink.toString(),
                "--add-modules",
                MODULES,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                beside.toString()));
        Files.move(beside, runtime);
        return runtime;
    }

    /** Every library the runtime's own files are linked with, by the paths they are looked for at. */
    private Set<Path> libraries(Path runtime) throws IOException, InterruptedException {
        Set<Path> found = new TreeSet<>(Comparator.comparing(Path::toString));
        try (Stream<Path> files = Files.walk(runtime)) {
            for (Path file : files.filter(BaseImage::isLinked).toList()) {
                Matcher lines = LIBRARY.matcher(run(List.of("ldd", file.toString())));
                while (lines.find()) {
                    Path library = Path.of(lines.group(1));
                    if (!library.startsWith(runtime.toAbsolutePath())) {
                        found.add(library);
                    }
                }
            }
        }
        return found;
    }

    private static boolean isLinked(Path file) {
        String path = file.toString();
        return path.endsWith("/bin/java")
                || path.endsWith("libjvm.so")
                || path.endsWith("libnet.so")
                || path.endsWith("libnio.so")
                || path.endsWith("libjli.so")
                || path.endsWith("libzip.so");
    }

    private String run(List<String> argv) throws IOException, InterruptedException {
        Path output = Files.createTempFile(work, "tool", ".txt");
        try {
            Process process = new ProcessBuilder(argv)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(TOOL_LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(argv.get(0) + " did not do its work: "
                        + Files.readString(output).strip());
            }
            return Files.readString(output);
        } finally {
            Files.delete(output);
        }
    }
}
