package io.jenkins.plugins.shera.demo.examples;

import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.Tenants;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A Java service whose image lacks the file it reads at its start: on a JRE, with the few tools that a person needs inside. */
final class CrashingTill {
    /** Where the file is looked for. */
    static final String CONFIG = "/app/conf/till.properties";

    private static final Path BUSYBOX = Path.of("/usr/bin/busybox");
    private static final String SOURCE =
            """
            package till;

            import com.sun.net.httpserver.HttpServer;
            import java.io.FileInputStream;
            import java.io.InputStream;
            import java.net.InetSocketAddress;
            import java.util.Properties;

            public final class Till {
                public static void main(String[] arguments) throws Exception {
                    Properties config = new Properties();
                    try (InputStream file = new FileInputStream("%s")) {
                        config.load(file);
                    }
                    String currency = config.getProperty("currency");
                    HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
                    server.createContext("/", exchange -> {
                        byte[] body = ("{\\"takes\\":\\"" + currency + "\\"}").getBytes();
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                        exchange.close();
                    });
                    server.start();
                    System.out.println("till is open and takes " + currency);
                }
            }
            """
                    .formatted(CONFIG);

    private final String repository = "crash-" + UUID.randomUUID().toString().substring(0, 6);
    private final DemoSite site;
    private String image = "";

    CrashingTill(DemoSite site) {
        this.site = site;
    }

    /** Why there can be none, or empty. */
    static String missing(DemoSite site) {
        if (!site.cluster().part().real()) {
            return "no cluster whose containers are real: KUBECONFIG names none";
        }
        return Files.isExecutable(BUSYBOX) ? "" : "no " + BUSYBOX + ", the tools in its image";
    }

    /** Pushes its image, enters it as an application with an environment that records sessions and one for built images, and deploys it. */
    void deploy(String name) throws Exception {
        Path folder = site.folder(repository);
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        writer.add(TarEntry.folder("bin", 0755));
        add(writer, "bin/busybox", BUSYBOX);
        for (String tool : List.of("sh", "vi", "cat", "find", "stat", "tar", "sleep", "printf", "readlink")) {
            writer.add(TarEntry.symlink("bin/" + tool, "busybox"));
        }
        writer.add(TarEntry.folder("app", 0755));
        writer.add(TarEntry.folder("app/conf", 0777));
        add(writer, "app/till.jar", jar(folder));
        Layer layer = writer.write(folder.resolve("till.tar.gz"));
        Image base = Image.read(site.registry().place().repository("base/java"), "17", Platform.ofThisMachine());
        ImageConfig config = base.config();
        config.addLayer(layer.diffId(), "till");
        config.container().put("User", "1000").put("WorkingDir", "/app");
        config.container().putArray("Entrypoint").add("java").add("-jar").add("till.jar");
        Manifest pushed = new ImagePush().on(base).add(layer).to(home(), List.of("1"), config);
        image = site.registry().host() + "/" + repository + "@" + pushed.digest();

        String tenant = "shera/tenant/" + Tenants.FIRST;
        Map<String, Object> dev = Map.of(
                "name",
                "dev",
                "cluster",
                "local",
                "namespace",
                site.namespace(Tenants.FIRST),
                "policy",
                Map.of("terminal", Map.of("record", true)));
        Map<String, Object> prod = Map.of(
                "name",
                "prod",
                "cluster",
                "local",
                "namespace",
                site.liveNamespace(),
                "policy",
                Map.of("images", "built"));
        site.client().write(tenant + "/createApplication", Map.of("name", name, "environments", List.of(dev, prod)));
        site.client()
                .write(
                        tenant + "/application/" + name + "/releases/deploy",
                        Map.of("environment", "dev", "image", image, "port", 8080));
    }

    /** Where its images are. */
    ImageTarget home() throws IOException {
        return site.registry().place().repository(repository);
    }

    /** Digest of the image that crashes. */
    String digest() {
        return image.substring(image.indexOf('@') + 1);
    }

    private static void add(LayerWriter writer, String name, Path file) throws IOException {
        writer.add(TarEntry.file(name, 0755, Files.size(file)), BlobSource.of(file));
    }

    private static Path jar(Path folder) throws IOException {
        Path source = folder.resolve("Till.java");
        Files.writeString(source, SOURCE);
        Path classes = Files.createDirectory(folder.resolve("classes"));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "17", "-d", classes.toString(), source.toString());
        if (failed != 0) {
            throw new IOException("Till.java does not compile");
        }
        Path jar = folder.resolve("till.jar");
        java.util.jar.Manifest manifest = new java.util.jar.Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "till.Till");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                packed.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, packed);
            }
        }
        return jar;
    }
}
