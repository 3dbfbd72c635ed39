package io.jenkins.plugins.shera.terminal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.pack.PodOrigin;
import io.jenkins.plugins.shera.terminal.pack.PodShell;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The command against a real cluster and registry, and who may give it. */
@Tag("cluster")
@WithJenkins
class PackageCommandTest {

    @TempDir
    static Path folder;

    private static String say(PackageCommand command, String pod) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        command.stdout = new PrintStream(said, true, StandardCharsets.UTF_8);
        command.stderr = command.stdout;
        command.tenant = "retail";
        command.application = "shop";
        command.environment = "dev";
        command.pod = pod;
        return command.run() + "\n" + said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aPersonWithPackageKeepsWhatWasMendedByHand(JenkinsRule rule) throws Exception {
        try (TestPods pods = new TestPods(folder)) {
            PackageTenant.configure(rule, pods);
            pods.image("shop", "1", List.of("sh", "find", "stat", "cat", "printf", "tar", "sleep"), "0");
            pods.start("shop-1", pods.reference("shop", "1"));
            new PodShell(pods.api(), pods.exec(), PodOrigin.of(pods.api(), pods.namespace(), "shop-1", ""))
                    .run(
                            List.of("sh", "-c", "echo 'port 80' > /etc/shop.conf; rm /app/gone.txt"),
                            OutputStream.nullOutputStream());

            assertThat(say(new PackageCommand(), "shop-1"))
                    .as("as SYSTEM")
                    .startsWith("1\n")
                    .contains("SYSTEM");
            try (ACLContext ignored = ACL.as2(User.getById("viewer", true).impersonate2())) {
                assertThat(say(new PackageCommand(), "shop-1"))
                        .startsWith("1\n")
                        .contains("Package");
            }
            try (ACLContext ignored = ACL.as2(User.getById("ada", true).impersonate2())) {
                assertThat(say(new PackageCommand(), "shop-1"))
                        .startsWith("0\n")
                        .contains("C /etc/shop.conf\nD /app/gone.txt\n");
                PackageCommand make = new PackageCommand();
                make.tag = "1-mended";
                make.set = "config";
                make.dockerfile = true;
                assertThat(say(make, "shop-1"))
                        .startsWith("0\n")
                        .contains("/shop@sha256:")
                        .contains("COPY --chown=0:0 --chmod=0666 [\"files/etc/shop.conf\",\"/etc/shop.conf\"]");
                assertThat(say(make, "shop-1")).startsWith("1\n").contains("Give another tag");
                assertThat(say(new PackageCommand(), "shop-2"))
                        .startsWith("1\n")
                        .contains("There is no pod shop-2");
                assertThat(say(new PackageCommand(), "../secrets"))
                        .startsWith("1\n")
                        .contains("cannot be the name");
            }
            assertThat(pods.target("shop").tags()).contains("1-mended");
        }
    }
}
