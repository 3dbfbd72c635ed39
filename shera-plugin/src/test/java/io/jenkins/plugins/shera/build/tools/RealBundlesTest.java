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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles made of real Debian packages, run by a real docker engine on an image that holds nothing else. */
class RealBundlesTest {
    private static final String ARTHAS =
            "https://repo.maven.apache.org/maven2/com/taobao/arthas/arthas-packaging/4.1.5/"
                    + "arthas-packaging-4.1.5-bin.zip";
    private static final String ARTHAS_SHA256 = "a5ee2a905598fbd04fea7f7812f16f7fe9cdddfaab45b704685e6cec00bc3d81";

    @TempDir
    Path folder;

    @Test
    void bundlesOfDebianPackagesWorkOnAnEmptyImage() throws Exception {
        requireAll();
        try (DockerRegistry registry = DockerRegistry.open(folder)) {
            String image = variant(
                    registry,
                    bundle(registry, "jq", "jq", "--", "jq=/usr/bin/jq"),
                    bundle(registry, "busybox", "busybox-static", "--", "busybox=/bin/busybox", "sh=/bin/busybox"));
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

    @Test
    void theSshServerIsOffUntilItIsAskedForAndThenTakesOneKeyAlone() throws Exception {
        requireAll();
        DockerRegistry.requireProgram("ssh");
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "mine");
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "others");
        try (DockerRegistry registry = DockerRegistry.open(folder)) {
            String image = variant(
                    registry,
                    bundle(registry, "busybox", "busybox-static", "--", "busybox=/bin/busybox"),
                    bundle(
                            registry,
                            "ssh-server",
                            "openssh-server",
                            "openssh-client",
                            "libnss-wrapper",
                            "--",
                            "sshd=/usr/sbin/sshd",
                            "ssh-keygen=/usr/bin/ssh-keygen",
                            "+libnss_wrapper.so",
                            "start-sshd=@"
                                    + Path.of("../bin/lib/tools/start-sshd").toRealPath()));
            try {
                for (String user : List.of("0:0", "12345:12345")) {
                    offUntilAsked(image, user);
                }
            } finally {
                run("docker", "rmi", "--force", image);
            }
        }
    }

    private void offUntilAsked(String image, String user) throws Exception {
        String name = "shera-ssh-" + UUID.randomUUID().toString().substring(0, 8);
        run(
                "docker",
                "run",
                "--detach",
                "--rm",
                "--name",
                name,
                "--user",
                user,
                "--tmpfs",
                "/tmp",
                image,
                "busybox",
                "sleep",
                "900");
        try {
            assertThat(run("docker", "exec", name, "busybox", "ps")).doesNotContain("sshd");
            assertThat(run("docker", "exec", name, "busybox", "netstat", "-ltn"))
                    .doesNotContain("LISTEN");
            assertThat(works("docker", "exec", name, "start-sshd")).isFalse();
            String key = Files.readString(folder.resolve("mine.pub")).strip();
            run("docker", "exec", "--detach", name, "start-sshd", key);
            String account = (user.startsWith("0:") ? "root" : "shera") + "@container";
            Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                            run(ssh("mine", name, account, "cat /etc/answer")))
                    .contains("42"));
            assertThat(works(ssh("others", name, account, "true"))).isFalse();
            assertThat(run("docker", "exec", name, "busybox", "netstat", "-ltn"))
                    .contains("127.0.0.1:2222")
                    .doesNotContain("0.0.0.0:2222");
        } finally {
            run("docker", "rm", "--force", name);
        }
    }

    private static String[] ssh(String key, String container, String account, String command) {
        return new String[] {
            "ssh",
            "-F",
            "none",
            "-i",
            key,
            "-o",
            "IdentitiesOnly=yes",
            "-o",
            "BatchMode=yes",
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
            "-o",
            "ProxyCommand=docker exec -i " + container + " busybox nc 127.0.0.1 2222",
            account,
            command
        };
    }

    @Test
    void arthasJoinsARunningJvmOfAnImageWithoutAShell() throws Exception {
        requireAll();
        DockerRegistry.requireProgram("unzip");
        String java = Path.of(System.getProperty("java.home")).toRealPath().toString();
        require(java.startsWith("/usr/lib/jvm/"), "the JDK of the tests is none of Debian's");
        String name = "shera-arthas-" + UUID.randomUUID().toString().substring(0, 8);
        try (DockerRegistry registry = DockerRegistry.open(folder)) {
            String image = variant(
                    registry,
                    bundle(
                            registry,
                            "arthas",
                            "--archive",
                            ARTHAS,
                            ARTHAS_SHA256,
                            "--",
                            "arthas=@" + Path.of("../bin/lib/tools/arthas").toRealPath()));
            try {
                List<String> start = new ArrayList<>(
                        List.of("docker", "run", "--detach", "--rm", "--name", name, "--tmpfs", "/tmp"));
                for (String path : List.of("/usr/lib", "/lib", "/lib64", "/etc/java-17-openjdk")) {
                    start.addAll(List.of("--volume", path + ":" + path + ":ro"));
                }
                start.addAll(List.of(image, java + "/bin/java", "-jar", "/opt/shera/tools/arthas/share/math-game.jar"));
                run(start.toArray(new String[0]));
                assertThat(run("docker", "exec", name, "arthas", "1", "-c", "sysprop java.version; stop"))
                        .contains(System.getProperty("java.version"))
                        .contains("Arthas Server is going to shutdown");
            } finally {
                works("docker", "rm", "--force", name);
                run("docker", "rmi", "--force", image);
            }
        }
    }

    @Test
    void anArchiveThatIsNotTheOneThatWasMeantIsRefused() throws Exception {
        DockerRegistry.requireProgram("unzip");
        require(works("apt-cache", "show", "jq"), "apt has no lists: run apt-get update");
        Files.writeString(folder.resolve("other.zip"), "other");
        Path script = Path.of("../bin/make-tool-bundle").toRealPath();
        Programs.Outcome outcome = new LocalPrograms(folder)
                .run(
                        List.of(
                                script.toString(),
                                "arthas",
                                "out",
                                "--archive",
                                "other.zip",
                                ARTHAS_SHA256,
                                "--",
                                "arthas=@" + Path.of("../bin/lib/tools/arthas").toRealPath()),
                        Map.of(),
                        false);
        assertThat(outcome.isGood()).isFalse();
        assertThat(outcome.output()).contains("it is not the file that was meant");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private void requireAll() throws Exception {
        for (String program : List.of("apt-get", "dpkg-deb", "patchelf", "skopeo", "docker")) {
            DockerRegistry.requireProgram(program);
        }
        require(works("docker", "info"), "there is no docker engine: DOCKER_HOST names none that answers");
        require(works("apt-cache", "show", "jq"), "apt has no lists: run apt-get update");
    }

    /** An image that holds nothing but one file, with these bundles on it. */
    private String variant(DockerRegistry registry, ToolBundle... bundles) throws Exception {
        RegistryClient client = new RegistryClient(registry.address(), RegistryCredentials.NONE);
        RegistryRepository app = client.repository("image-app");
        SmallImage.push(app, "1", SmallImage.layer(folder, "etc/answer", "{\"is\": 42}"));
        Platform platform = Platform.ofThisMachine();
        DebugVariant variant = new DebugVariant(
                Image.read(app, "1", platform), new LayerListings(folder.resolve("cache"), line -> {}));
        for (ToolBundle each : bundles) {
            variant.add(
                    each,
                    Image.read(
                            client.repository(each.image().repository()),
                            each.digest().toString(),
                            platform));
        }
        variant.pushTo(app, List.of("1-debug"));
        assertThat(variant.bytesSent()).as("layers are mounted, not sent").isLessThan(4000);
        return registry.host() + "/image-app:1-debug";
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
