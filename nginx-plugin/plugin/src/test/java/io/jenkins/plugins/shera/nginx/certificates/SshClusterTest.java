package io.jenkins.plugins.shera.nginx.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nodes.ssh.HostKey;
import io.jenkins.plugins.shera.nodes.ssh.RealSshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import jenkins.model.Jenkins;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Two real nginx behind a real sshd are one cluster: an administrator accepts its key, and then every verb works. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class SshClusterTest {
    private static final String FRONT = "shera/tenant/retail/nginx/";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RealNginx first;
    private RealNginx second;
    private RealSshd sshd;
    private TwoTenants tenants;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        first = RealNginx.startLogging(Files.createDirectory(folder.resolve("one")));
        second = RealNginx.startLogging(Files.createDirectory(folder.resolve("two")));
        sshd = RealSshd.start(Files.createDirectory(folder.resolve("ssh")));
        tenants = new TwoTenants(rule, first.tlsPort());
        new SystemCredentialsProvider.ProviderImpl()
                .getStore(Jenkins.get())
                .addCredentials(
                        Domain.global(),
                        new BasicSSHUserPrivateKey(
                                CredentialsScope.SYSTEM,
                                "nginx-key",
                                sshd.user(),
                                new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource(sshd.key()),
                                "open sesame",
                                null));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {sshd, first, second}) {
            if (each != null) {
                each.close();
            }
        }
    }

    private NginxNodeSettings settings(RealNginx nginx, String hostKey) {
        NginxInstallation installation = nginx.installation();
        NginxNodeSettings node = new NginxNodeSettings(
                installation.mainConfig().toString(), installation.folder().toString());
        node.setBinary(installation.binary().toString());
        node.setVersionPort(installation.versionPort());
        node.setRequestLog(nginx.requestLog().toString());
        node.setHost("127.0.0.1");
        node.setSshPort(sshd.port());
        node.setCredentialsId("nginx-key");
        node.setHostKey(hostKey);
        node.setJava(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        return node;
    }

    /** Both nodes together, and the first one alone for what opens a port. */
    private void clusters(String hostKey) {
        NginxCluster edge = new NginxCluster("edge", List.of(settings(first, hostKey), settings(second, hostKey)));
        NginxCluster one = new NginxCluster("one", List.of(settings(first, hostKey)));
        one.setPort(first.port());
        edge.setTenants("retail");
        one.setTenants("retail");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setClusters(List.of(edge, one));
        }
    }

    /** What the page reads, once every node could be read: each read starts a Java there, which a busy machine takes its time for. */
    private JsonNode read(String what, String cluster) {
        AtomicReference<JsonNode> read = new AtomicReference<>();
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> {
            read.set(tenants.json("admin", FRONT + what + "?cluster=" + cluster));
            return read.get().at("/nodes").findValuesAsText("error").stream().allMatch(String::isEmpty);
        });
        return read.get();
    }

    private static String push(String text) {
        return "node {\nwriteFile file: 'own/own.conf', text: '" + text
                + "'\npushNginx(nginx: 'edge', folder: 'own')\n}\n";
    }

    private static Path own(RealNginx nginx) {
        return nginx.installation().folder().resolve("site/current/own.conf");
    }

    @Test
    void filesGoToAllNodesAndComeBackWhenOneRefuses() throws Exception {
        clusters(sshd.hostKey());
        WorkflowRun pushed = tenants.run("push", "retail", push("upstream own { server 127.0.0.1:9; }"));
        jenkins.assertBuildStatus(Result.SUCCESS, pushed);
        assertThat(own(first)).content().contains("127.0.0.1:9");
        assertThat(own(second)).content().contains("127.0.0.1:9");

        WorkflowRun bad = tenants.run("bad", "retail", push("upstream own { nonsense on; }"));
        jenkins.assertBuildStatus(Result.FAILURE, bad);
        jenkins.assertLogContains("nonsense", bad);
        assertThat(own(second)).content().contains("127.0.0.1:9");

        Files.writeString(own(second), "upstream own { server 127.0.0.1:10; }\n");
        JsonNode read = read("nodes", "edge");
        assertThat(read.at("/nodes/0/drifted").asBoolean()).isFalse();
        assertThat(read.at("/nodes/1/drifted").asBoolean()).isTrue();
        assertThat(read.at("/nodes/1/found").toString()).contains("127.0.0.1:10");
        assertThat(tenants.get("admin", FRONT + "download?cluster=edge").statusCode())
                .isEqualTo(200);
        WorkflowRun drift = tenants.run(
                "drift",
                "retail",
                "echo \"drifted ${checkDrift(nginx: 'edge').drifted}\"\n"
                        + "checkDrift(nginx: 'edge', adopt: '127.0.0.1-2')\n"
                        + "echo \"now ${checkDrift(nginx: 'edge').drifted}\"\n");
        jenkins.assertBuildStatus(Result.SUCCESS, drift);
        jenkins.assertLogContains("drifted true", drift);
        jenkins.assertLogContains("now false", drift);
        assertThat(own(first)).content().contains("127.0.0.1:10");
    }

    @Test
    void routesAndFiguresGoByssh() throws Exception {
        clusters(sshd.hostKey());
        WorkflowRun published = tenants.run(
                "publish",
                "retail",
                "publishRoute(nginx: 'one', application: 'shop', environment: 'dev', host: 'shop.example.com',"
                        + " members: ['127.0.0.1:9'])\n");
        jenkins.assertBuildStatus(Result.SUCCESS, published);
        assertThat(first.ask("shop.example.com", "/")).contains("502");
        JsonNode read = read("nodes", "one");
        assertThat(read.at("/nodes/0/routes/0/host").asText()).isEqualTo("shop.example.com");
        assertThat(tenants.json("admin", FRONT + "figures?cluster=one")
                        .at("/rows")
                        .toString())
                .contains("shop.example.com");
    }

    @Test
    void anAdministratorAcceptsTheKeyThatTheMachineShows(Page page) throws Exception {
        clusters("");
        assertThat(tenants.json("dev", FRONT + "nodes?cluster=edge")
                        .at("/nodes/0/error")
                        .asText())
                .contains("is not known");
        Map<String, Object> node = Map.of("nginx", "edge", "node", "127.0.0.1-1");
        assertThat(tenants.post("dev", FRONT + "hostKey", node).statusCode()).isEqualTo(403);
        assertThat(tenants.post(
                                "dev",
                                FRONT + "acceptHostKey",
                                Map.of("nginx", "edge", "node", "127.0.0.1-1", "key", sshd.hostKey()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(tenants.post("admin", FRONT + "hostKey", Map.of("nginx", "edge", "node", "other"))
                        .statusCode())
                .isEqualTo(422);

        String address = jenkins.getURL() + FRONT;
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "admin", "admin");
        page.open(address + "#edge").see("td", "is not known").photograph("ssh-unknown-light");
        page.click("td button").see("dialog[open]", "SHA256:").photograph("ssh-accept-light");
        page.assertAccessible("dialog");
        page.click("dialog .jenkins-button--primary");
        page.until("one is known", "document.querySelectorAll('.shera-pill--idle').length >= 1");
        assertThat(HostKey.of(NginxConfiguration.get()
                        .getClusters()
                        .get(0)
                        .getNodes()
                        .get(0)
                        .getHostKey()))
                .isPresent();
        assertThat(NginxConfiguration.get().getClusters().get(0).getTenants()).isEqualTo("retail");

        sshd.renewKey();
        page.look(Theme.DARK, "en")
                .open(address + "?d#edge")
                .see("td", "changed")
                .photograph("ssh-changed-dark");
        page.assertAccessible("#shera-page");
        page.look(Theme.LIGHT, "zh-CN")
                .open(address + "?z#edge")
                .see("td", "已改变")
                .photograph("ssh-changed-zh");
        page.click("td button").see("dialog[open]", "SHA256:").photograph("ssh-accept-zh");
    }
}
