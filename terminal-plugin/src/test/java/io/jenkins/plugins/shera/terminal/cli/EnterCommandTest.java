package io.jenkins.plugins.shera.terminal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommand;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A person asks on the page, a second one agrees on the command line, and the first gets in. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class EnterCommandTest {
    private static final String TERMINAL = "shera/tenant/retail/application/shop/terminal/";

    @TempDir
    static Path folder;

    private static String say(String user, CLICommand command, String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            command.setTransportAuth2(Jenkins.getAuthentication2());
            List<String> all = Stream.concat(Stream.of("retail", "shop"), Arrays.stream(words))
                    .toList();
            int code = command.main(all, Locale.ENGLISH, new ByteArrayInputStream(new byte[0]), stream, stream);
            return code + "\n" + said.toString(StandardCharsets.UTF_8);
        }
    }

    private static String cat() {
        return say("ada", new ExecCommand(), "dev", "shop-1", "--", "cat", "/etc/shop.conf");
    }

    @Test
    void asksOnThePageAndIsLetInByAnother(JenkinsRule rule, Page page) throws Exception {
        try (TestPods pods = new TestPods(folder)) {
            PackageTenant.configure(rule, pods);
            pods.image("shop", "1", List.of("sh", "cat", "sleep"), "0");
            pods.start("shop-1", pods.reference("shop", "1"));
            Application shop = new Application("retail", "shop");
            Environment dev = new Environment("dev", "real", pods.namespace());
            dev.getPolicy().getTerminal().setRequireApproval(true);
            shop.setEnvironments(List.of(dev));
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                SheraConfiguration.get().setApplications(List.of(shop));
            }
            assertThat(cat()).startsWith("255\n").contains("a second person");
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "ada", "ada");
            page.open(rule.getURL() + TERMINAL);
            page.see("p", "somebody else with the permission agrees");
            page.type("input[name=reason]", "INC-7: the till hangs");
            page.click(".shera-passes__reason + button").see("td", "waits for a second person");
            page.photograph("passes-light-waiting");
            page.assertAccessible("#shera-page");
            String listed = say("bob", new EnterCommand());
            assertThat(listed).startsWith("0\n").contains("\tada\twaiting\t", "INC-7");
            String id = listed.substring(2, 38);
            assertThat(say("ada", new EnterCommand(), "-approve", id))
                    .startsWith("1\n")
                    .contains("second person");
            assertThat(say("viewer", new EnterCommand(), "-approve", id)).startsWith("1\n");
            assertThat(say("bob", new EnterCommand(), "-approve", id))
                    .startsWith("0\n")
                    .contains("\tbob\t");
            page.see("td", "let in by bob");
            assertThat(cat()).isEqualTo("0\netc/shop.conf\n");
            page.look(Theme.DARK, "zh-CN").open(rule.getURL() + TERMINAL);
            page.see("td", "bob").photograph("passes-dark-zh");
            page.assertAccessible("#shera-page");
            page.assertClean();
            assertThat(say("bob", new EnterCommand(), "-withdraw", id)).isEqualTo("0\n");
            assertThat(cat()).startsWith("255\n");
        }
    }
}
