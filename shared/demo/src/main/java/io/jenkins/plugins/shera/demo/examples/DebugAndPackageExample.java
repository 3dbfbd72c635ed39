package io.jenkins.plugins.shera.demo.examples;

import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.RunningBuild;
import io.jenkins.plugins.shera.demo.site.Stages;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An application of busybox, whose configuration says nothing yet. */
final class DebugAndPackageExample implements Example {
    private static final Path BUSYBOX = Path.of("/usr/bin/busybox");
    private static final byte[] CONFIG = "currency none\n".getBytes(StandardCharsets.UTF_8);
    private static final List<String> PROGRAMS =
            List.of("sh", "stat", "cat", "cp", "mv", "rm", "wc", "readlink", "find", "tar", "grep", "sleep", "kill");

    /** A new one each time: the demo's registry outlives it, and a tag that stands for an image is never replaced by hand. */
    private final String repository = "till-" + UUID.randomUUID().toString().substring(0, 6);

    private String image = "";

    @Override
    public String missing(DemoSite site) {
        if (!site.cluster().part().real()) {
            return "no cluster whose containers are real: KUBECONFIG names none";
        }
        return Files.isExecutable(BUSYBOX) ? "" : "no " + BUSYBOX + ", of which the application is made";
    }

    @Override
    public void prepare(DemoSite site) throws Exception {
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        writer.add(TarEntry.folder("bin", 0755));
        writer.add(TarEntry.file("bin/busybox", 0755, Files.size(BUSYBOX)), BlobSource.of(BUSYBOX));
        PROGRAMS.forEach(program -> writer.add(TarEntry.symlink("bin/" + program, "busybox")));
        writer.add(TarEntry.folder("etc", 0777));
        writer.add(TarEntry.folder("tmp", 01777));
        writer.add(TarEntry.file("etc/till.conf", 0666, CONFIG.length), BlobSource.of(CONFIG));
        Layer layer = writer.write(site.folder("till").resolve("till.tar.gz"));
        ImageConfig config = ImageConfig.empty(Platform.ofThisMachine());
        config.addLayer(layer.diffId(), "till");
        config.environment(Map.of("PATH", "/bin"));
        config.container().put("User", "1000");
        config.container().putArray("Entrypoint").add("/bin/sleep").add("86400");
        Manifest pushed =
                new ImagePush().add(layer).to(site.registry().place().repository(repository), List.of("1"), config);
        image = site.registry().host() + "/" + repository + "@" + pushed.digest();
        String tenant = "shera/tenant/" + Tenants.FIRST;
        String namespace = site.namespace(Tenants.FIRST);
        Map<String, Object> dev = Map.of(
                "name",
                "dev",
                "cluster",
                "local",
                "namespace",
                namespace,
                "policy",
                Map.of("terminal", Map.of("builds", true, "containers", List.of("till"))));
        Map<String, Object> prod =
                Map.of("name", "prod", "cluster", "local", "namespace", namespace, "policy", Map.of("images", "built"));
        site.client().write(tenant + "/createApplication", Map.of("name", "till", "environments", List.of(dev, prod)));
    }

    @Override
    public Map<String, String> parameters(DemoSite site) {
        return Map.of("IMAGE", image);
    }

    @Override
    public void check(DemoSite site, RunningBuild build, Stages table) throws Exception {
        Image mended = Image.read(site.registry().place().repository(repository), "mended-1", Platform.ofThisMachine());
        build.expect(
                "true".equals(mended.config().labels().get("io.shera.hand-made"))
                        && mended.manifest().layers().size() == 2,
                "mended-1 is not one layer, marked hand-made, on what ran");
    }
}
