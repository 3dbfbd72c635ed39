package io.jenkins.plugins.shera.demo.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.demo.parts.Machine;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.RunningBuild;
import io.jenkins.plugins.shera.demo.site.Stages;
import io.jenkins.plugins.shera.demo.site.Tenants;
import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.MediaTypes;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Redis of Debian in an image that is made once, with storage of the cluster, bound by an application. */
final class MiddlewareExample extends RolloutExample {
    private static final String PACKAGE = "io.jenkins.plugins.shera.deploy.config.";

    MiddlewareExample() {
        super("wishlist");
    }

    @Override
    public String missing(DemoSite site) {
        String missing = super.missing(site);
        if (!missing.isEmpty() || Machine.find("mmdebstrap").isPresent()) {
            return missing;
        }
        return "no mmdebstrap, by which the image of Redis is made";
    }

    private static String image(DemoSite site) {
        return site.registry().host() + "/redis:7";
    }

    @Override
    public void beforeJenkins(DemoSite site) throws Exception {
        Path tar = tar(site.folder("redis"));
        Digest digest = digest(tar);
        Layer layer = new Layer(
                new Descriptor(MediaTypes.OCI_LAYER_TAR, digest, Files.size(tar)), digest, BlobSource.of(tar));
        ImageConfig config = ImageConfig.empty(Platform.ofThisMachine());
        config.addLayer(digest, "redis");
        config.environment(Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));
        new ImagePush().add(layer).to(site.registry().place().repository("redis"), List.of("7"), config);
        Files.createDirectories(site.home());
        Files.writeString(
                site.home().resolve(PACKAGE + "MiddlewareConfiguration.xml"),
                """
                <?xml version='1.1' encoding='UTF-8'?>
                <%1$sMiddlewareConfiguration>
                  <images>
                    <%1$sMiddlewareImage>
                      <template>redis</template>
                      <version>7</version>
                      <image>%2$s</image>
                    </%1$sMiddlewareImage>
                  </images>
                </%1$sMiddlewareConfiguration>
                """
                        .formatted(PACKAGE, image(site)));
    }

    private static Path tar(Path folder) throws IOException, InterruptedException {
        Path tar = folder.resolve("redis.tar");
        if (Files.exists(tar)) {
            return tar;
        }
        Path fresh = folder.resolve("redis.new.tar");
        Path log = folder.resolve("mmdebstrap.log");
        Process made = new ProcessBuilder(
                        Machine.find("mmdebstrap").orElseThrow().toString(),
                        "--quiet",
                        "--variant=extract",
                        "--include=redis-server,redis-tools,dash,coreutils,grep",
                        "bookworm",
                        fresh.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("The image of Redis cannot be made; mmdebstrap says why in " + log);
        }
        return Files.move(fresh, tar, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Digest digest(Path file) throws IOException, GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] part = new byte[1 << 16];
        try (InputStream content = Files.newInputStream(file)) {
            for (int read = content.read(part); read >= 0; read = content.read(part)) {
                digest.update(part, 0, read);
            }
        }
        return Digest.parse("sha256:" + HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public Map<String, String> parameters(DemoSite site) {
        Map<String, String> parameters = new HashMap<>(super.parameters(site));
        parameters.remove("CHECK_IMAGE");
        parameters.put("REDIS_IMAGE", image(site));
        parameters.put("STORAGE_CLASS", "csi-hostpath");
        return parameters;
    }

    @Override
    public void check(DemoSite site, RunningBuild build, Stages table) throws Exception {
        JsonNode instances = site.client()
                .read("shera/tenant/" + Tenants.FIRST + "/application/wishlist/middleware/api/json?depth=4")
                .at("/middleware/0/instances");
        build.expect(
                instances.path(0).path("state").asText().equals("Ready")
                        && instances.path(0).path("boundBy").toString().contains("wishlist"),
                "Redis is ready and bound by the application: " + instances);
    }
}
