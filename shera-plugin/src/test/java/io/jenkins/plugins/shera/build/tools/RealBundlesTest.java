package io.jenkins.plugins.shera.build.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.shera.build.image.LayerListings;
import io.jenkins.plugins.shera.build.process.LocalPrograms;
import io.jenkins.plugins.shera.build.process.Programs;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.registry.RegistryRepository;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles made of real Debian packages, run by a real docker engine on an image that holds nothing else. */
class RealBundlesTest {
    @TempDir
    Path folder;

    @Test
    void bundlesOfDebianPackagesWorkOnAnEmptyImage() throws Exception {
        for (String program : List.of("apt-get", "dpkg-deb", "patchelf", "skopeo", "docker")) {
            DockerRegistry.requireProgram(program);
        }
        require(works("docker", "info"), "there is no docker engine: DOCKER_HOST names none that answers");
        require(works("apt-cache", "show", "jq"), "apt has no lists: run apt-get update");
        try (DockerRegistry registry = DockerRegistry.open(folder)) {
            RegistryClient client = new RegistryClient(registry.address(), RegistryCredentials.NONE);
            ToolBundle jq = bundle(registry, "jq", "jq", "--", "jq=/usr/bin/jq");
            ToolBundle busybox =
                    bundle(registry, "busybox", "busybox-static", "--", "busybox=/bin/busybox", "sh=/bin/busybox");
            RegistryRepository app = client.repository("image-app");
            SmallImage.push(app, "1", SmallImage.layer(folder, "etc/answer", "{\"is\": 42}"));
            Platform platform = Platform.ofThisMachine();
            DebugVariant variant = new DebugVariant(
                    Image.read(app, "1", platform), new LayerListings(folder.resolve("cache"), line -> {}));
            for (ToolBundle each : List.of(jq, busybox)) {
                variant.add(
                        each,
                        Image.read(
                                client.repository(each.image().repository()),
                                each.digest().toString(),
                                platform));
            }
            variant.pushTo(app, List.of("1-debug"));
            assertThat(variant.bytesSent()).as("layers are mounted, not sent").isLessThan(4000);

            String image = registry.host() + "/image-app:1-debug";
            try {
                assertThat(run("docker", "run", "--rm", image, "jq", ".is", "/etc/answer"))
                        .endsWith("42\n");
                assertThat(run("docker", "run", "--rm", image, "sh", "-c", "jq -n 6*7"))
                        .endsWith("42\n");
            } finally {
                run("docker", "rmi", "--force", image);
            }
        }
    }

    private ToolBundle bundle(DockerRegistry registry, String name, String... words) throws Exception {
        Path out = folder.resolve(name);
        List<String> command = new ArrayList<>(
                List.of(Path.of("../bin/make-tool-bundle").toRealPath().toString(), name, out.toString()));
        command.addAll(List.of(words));
        String digest = run(command.toArray(new String[0])).strip();
        digest = digest.substring(digest.lastIndexOf('\n') + 1);
        String repository = registry.host() + "/tools/" + name;
        run(
                "skopeo",
                "copy",
                "--preserve-digests",
                "--dest-tls-verify=false",
                "oci:" + out + ":" + name,
                "docker://" + repository + ":1");
        return ToolBundle.of(name, repository + "@" + digest);
    }

    private static void require(boolean there, String why) {
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there).as(why).isTrue();
        }
        assumeTrue(there, why);
    }

    private boolean works(String... command) throws Exception {
        return new LocalPrograms(folder).run(List.of(command), Map.of(), false).isGood();
    }

    private String run(String... command) throws Exception {
        Programs.Outcome outcome = new LocalPrograms(folder).run(List.of(command), Map.of(), false);
        assertThat(outcome.isGood())
                .as(String.join(" ", command) + "\n" + outcome.output())
                .isTrue();
        return outcome.output();
    }
}
