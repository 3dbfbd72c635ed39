package io.jenkins.plugins.shera.demo.examples;

import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.RunningBuild;
import io.jenkins.plugins.shera.demo.site.Stages;
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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The sample of the quickstart with a bundle of its own on top, which is a small script for want of Debian's packages. */
final class BuildDebugVariantExample implements Example {
    private static final String BUNDLE = "tools/hello";
    private static final byte[] SCRIPT = "#!/bin/sh\necho hello\n".getBytes(StandardCharsets.UTF_8);

    private String tools = "";

    @Override
    public void prepare(DemoSite site) throws Exception {
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        writer.add(TarEntry.file("opt/shera/bin/hello", 0755, SCRIPT.length), BlobSource.of(SCRIPT));
        Layer layer = writer.write(site.folder("tools").resolve("hello.tar.gz"));
        ImageConfig config = ImageConfig.empty(Platform.ofThisMachine());
        config.addLayer(layer.diffId(), "hello");
        Manifest bundle =
                new ImagePush().add(layer).to(site.registry().place().repository(BUNDLE), List.of("1"), config);
        tools = "hello=" + site.registry().host() + "/" + BUNDLE + "@" + bundle.digest();
    }

    @Override
    public Map<String, String> parameters(DemoSite site) {
        return Map.of("GIT_URL", site.repository(), "REGISTRY", "house", "BASE", site.baseImage(), "TOOLS", tools);
    }

    @Override
    public void check(DemoSite site, RunningBuild build, Stages table) throws Exception {
        ImageTarget images = site.registry().place().repository("shop-tools");
        Image plain = Image.read(images, "example", Platform.ofThisMachine());
        Image debug = Image.read(images, "example-debug", Platform.ofThisMachine());
        int shared = plain.manifest().layers().size();
        build.expect(
                debug.manifest().layers().size() == shared + 1
                        && debug.config()
                                .diffIds()
                                .subList(0, shared)
                                .equals(plain.config().diffIds()),
                "The image with tools is not the application's with one more layer");
    }
}
