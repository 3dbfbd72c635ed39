package io.jenkins.plugins.shera.terminal.pages;

import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.TERMINAL;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.keys;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.letIn;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.order;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.post;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.TenantLogin;
import io.jenkins.plugins.shera.terminal.cli.DebugContainerCommand;
import io.jenkins.plugins.shera.terminal.cli.Said;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A container of a real cluster whose image has no shell is looked into from another beside it. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class DebugContainerTest {
    private static final List<String> USUAL = List.of("sh", "find", "stat", "cat", "printf", "tar", "sleep");

    @TempDir
    static Path folder;

    private static void debugImage(TestPods pods, String image) {
        KubernetesCluster real = new KubernetesCluster("real");
        real.setTenantAccess(List.of(new TenantLogin("retail", "kube")));
        real.setDebugImage(image);
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setClusters(List.of(real));
        }
    }

    @Test
    void aContainerWithoutShellIsLookedIntoFromADebugContainer(JenkinsRule rule, Page page) throws Exception {
        try (TestPods pods = new TestPods(folder)) {
            PackageTenant.configure(rule, pods);
            pods.image("shop", "1", USUAL, "0");
            pods.image("shop", "bare", List.of("sleep"), "0");
            pods.start("bare-1", pods.reference("shop", "bare"));
            ObjectNode room = order("bare-1").put("container", "main");
            refused(post(rule, "ada", "debuggers/start", room), 409, 409, "no debug image");
            debugImage(pods, pods.reference("shop", "1"));
            assertThat(post(rule, "viewer", "debuggers/start", room).statusCode())
                    .isIn(403, 404);
            refused(post(rule, "ada", "debuggers/start", order("bare-1").put("container", "x")), 422, 404, "no such");
            refused(post(rule, "ada", "debuggers/start", order("x").put("container", "main")), 422, 404, "no such");
            letIn(pods, "main");
            refused(post(rule, "ada", "debuggers/start", room), 403, 403, "lets nobody");
            letIn(pods, "*");

            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "ada", "ada");
            page.open(rule.getURL() + TERMINAL);
            page.until(
                    "the container is offered",
                    "document.querySelectorAll('.shera-terminal__bar select')[1].value === 'bare-1/main'");
            page.click(".shera-terminal__bar .jenkins-button--primary + button").see("dialog li", "cannot be removed");
            page.photograph("debug-container-light");
            page.assertAccessible("dialog");
            page.click("dialog button[type=submit]").see("[role=status]", "Connected");
            keys(page, "cat /proc/1/root/etc/shop.conf; echo seen-$((40+2))\n");
            page.see(".xterm-rows", "etc/shop.conf").see(".xterm-rows", "seen-42");
            JsonNode added = pods.api()
                    .get(new ObjectRef(ResourceKind.POD, pods.namespace(), "bare-1").path())
                    .at("/spec/ephemeralContainers/0");
            assertThat(added.path("targetContainerName").asText()).isEqualTo("main");
            page.photograph("debug-container-open");
            page.look(Theme.DARK, "zh-CN").open(rule.getURL() + TERMINAL);
            page.until(
                    "both are offered",
                    "document.querySelectorAll('.shera-terminal__bar select')[1].options.length === 2");
            page.click(".shera-terminal__bar .jenkins-button--primary + button").see("dialog li");
            page.photograph("debug-container-dark-zh");
            page.assertClean();

            DebugContainerCommand command = new DebugContainerCommand();
            command.tenant = "retail";
            command.application = "shop";
            command.environment = "dev";
            command.pod = "bare-1";
            command.container = "main";
            assertThat(Said.by(command)).startsWith("1\n").contains("SYSTEM");
            try (ACLContext ignored = ACL.as2(User.getById("ada", true).impersonate2())) {
                assertThat(Said.by(command)).matches("0\ndebugger-[a-z0-9]{5}\n");
            }
            assertThat(AuditLog.get()
                            .trail()
                            .search(AuditQuery.newest("retail", 30))
                            .entries())
                    .extracting(entry -> entry.what() + " " + entry.who() + " " + entry.outcome())
                    .contains("debug-container.start ada DONE");
        }
    }
}
