package io.jenkins.plugins.shera.terminal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Files go into a container of a real cluster and out of it. */
@Tag("cluster")
@WithJenkins
class CopyCommandTest {

    @TempDir
    static Path folder;

    private static String say(CopyCommand command, String input) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        command.stdin = new ByteArrayInputStream(input.getBytes(StandardCharsets.ISO_8859_1));
        command.stdout = new PrintStream(said, true, StandardCharsets.ISO_8859_1);
        command.stderr = command.stdout;
        command.tenant = "retail";
        command.application = "shop";
        command.environment = "dev";
        command.pod = "shop-1";
        return command.run() + "\n" + said.toString(StandardCharsets.ISO_8859_1);
    }

    private static CopyCommand reading(String path) {
        CopyCommand command = new CopyCommand();
        command.read = path;
        return command;
    }

    private static CopyCommand writing(String path) {
        CopyCommand command = new CopyCommand();
        command.write = path;
        return command;
    }

    @Test
    void aPersonWithTerminalCopiesAndOthersDoNot(JenkinsRule rule) throws Exception {
        try (TestPods pods = new TestPods(folder)) {
            PackageTenant.configure(rule, pods);
            pods.image(
                    "shop",
                    "1",
                    List.of("sh", "stat", "cat", "printf", "cp", "mv", "rm", "rmdir", "wc", "readlink", "sleep"),
                    "0");
            pods.start("shop-1", pods.reference("shop", "1"));
            assertThat(say(reading("/etc/shop.conf"), "")).startsWith("1\n").contains("SYSTEM");
            try (ACLContext ignored = ACL.as2(User.getById("viewer", true).impersonate2())) {
                assertThat(say(reading("/etc/shop.conf"), "")).startsWith("1\n").contains("Terminal");
            }
            try (ACLContext ignored = ACL.as2(User.getById("ada", true).impersonate2())) {
                assertThat(say(new CopyCommand(), "")).startsWith("1\n").contains("One thing at a time");
                assertThat(say(reading("/etc/shop.conf"), "")).isEqualTo("0\netc/shop.conf\n");
                StringBuilder bytes = new StringBuilder();
                for (int i = 0; i < 300_000; i++) {
                    bytes.append((char) (i % 256));
                }
                String written = say(writing("/app/ $(id) '.bin"), bytes.toString());
                assertThat(written).startsWith("0\n").hasSize(2 + 64 + 1);
                assertThat(say(reading("/app/ $(id) '.bin"), "")).isEqualTo("0\n" + bytes);
                CopyCommand stale = writing("/etc/shop.conf");
                stale.expect = written.substring(2, 66);
                assertThat(say(stale, "x")).startsWith("1\n").contains("was changed since");
                CopyCommand current = writing("/app/ $(id) '.bin");
                current.expect = written.substring(2, 66);
                assertThat(say(current, "small")).startsWith("0\n");
                CopyCommand list = new CopyCommand();
                list.list = "/app";
                assertThat(say(list, "")).startsWith("0\n").contains("gone.txt", "file", " $(id) '.bin");
                CopyCommand delete = new CopyCommand();
                delete.delete = "/app/gone.txt";
                assertThat(say(delete, "")).isEqualTo("0\n");
                assertThat(say(reading("/app/gone.txt"), "")).startsWith("1\n").contains("There is no");
                assertThat(say(reading("/dev/zero"), "")).startsWith("1\n").contains("another kind");
            }
            assertThat(AuditLog.get()
                            .trail()
                            .search(AuditQuery.newest("retail", 30))
                            .entries())
                    .extracting(entry -> entry.what() + " " + entry.who())
                    .contains("container.write ada", "container.read ada", "container.delete ada");
        }
    }
}
