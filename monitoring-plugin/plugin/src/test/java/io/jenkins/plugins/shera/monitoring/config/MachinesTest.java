package io.jenkins.plugins.shera.monitoring.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.alertmanager.RealAlertmanager;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.rules.AlertRule;
import io.jenkins.plugins.shera.monitoring.rules.RemoteRules;
import io.jenkins.plugins.shera.monitoring.rules.RuleFile;
import io.jenkins.plugins.shera.nodes.Rollover;
import io.jenkins.plugins.shera.nodes.ssh.RealSshd;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A real Prometheus and a real Alertmanager on a machine behind a real sshd, and on one with an agent. */
@Tag("slow")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class MachinesTest {

    private static final String TENANT = "shera/tenant/retail/";
    private static final String SET = TENANT + "application/shop/alerts/set";
    private static final String NOTICES = TENANT + "notices/";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private RealPrometheus prometheus;
    private RealAlertmanager alertmanager;
    private RealSshd sshd;

    @BeforeEach
    void start() throws Exception {
        prometheus = RealPrometheus.start(Files.createDirectory(folder.resolve("prometheus")));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {sshd, alertmanager, prometheus}) {
            if (each != null) {
                each.close();
            }
        }
    }

    private MachineSettings machine(String hostKey) {
        MachineSettings machine = new MachineSettings();
        machine.setHost("127.0.0.1");
        machine.setSshPort(sshd.port());
        machine.setCredentialsId("monitoring-key");
        machine.setHostKey(hostKey);
        machine.setJava(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        return machine;
    }

    private void use(MachineSettings machine, String amtool) {
        PrometheusServer server = new PrometheusServer("main", prometheus.url().toString());
        server.setClusters("east");
        server.setRulesFolder(prometheus.rules().toString());
        server.setPromtool(RealPrometheus.promtool().toString());
        server.setMachine(machine);
        AlertmanagerServer am = new AlertmanagerServer("am", alertmanager.url().toString());
        am.setConfigFile(alertmanager.config().toString());
        am.setAmtool(amtool);
        am.setMachine(machine);
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            MonitoringConfiguration.get().setPrometheusServers(List.of(server));
            MonitoringConfiguration.get().setAlertmanagers(List.of(am));
        }
    }

    private static String threads(int limit) {
        return "{\"environment\": \"dev\", \"thresholds\": [{\"metric\": \"threads\", \"warning\": \"" + limit
                + "\", \"for\": \"0\"}]}";
    }

    private String book() {
        return "{\"receivers\": [{\"name\": \"ops\", \"kind\": \"webhook\", \"url\": \"" + alertmanager.hook()
                + "\"}], \"routes\": [{\"receiver\": \"ops\"}]}";
    }

    private static HttpResponse<String> post(JenkinsRule rule, String path, String body) throws Exception {
        return TwoTenants.post(rule, "operator", path, body);
    }

    @Test
    void thresholdsAndReceiversComeIntoForceOverSshAndNothingIsSentToAStranger(JenkinsRule rule) throws Exception {
        alertmanager = RealAlertmanager.start(Files.createDirectory(folder.resolve("alertmanager")));
        sshd = RealSshd.start(Files.createDirectory(folder.resolve("ssh")));
        new SystemCredentialsProvider.ProviderImpl()
                .getStore(Jenkins.get())
                .addCredentials(
                        Domain.global(),
                        new BasicSSHUserPrivateKey(
                                CredentialsScope.SYSTEM,
                                "monitoring-key",
                                sshd.user(),
                                new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource(sshd.key()),
                                "open sesame",
                                null));
        TwoTenants.of(rule, prometheus);
        Path rules = prometheus.rules().resolve("current/retail.yml");
        use(machine(sshd.hostKey()), RealAlertmanager.amtool().toString());
        // The platform's own threshold comes by itself.
        await().atMost(PATIENCE).until(() -> Files.exists(rules));

        HttpResponse<String> set = post(rule, SET, threads(300));
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        assertThat(rules).content().contains("> 300");
        assertThat(prometheus.client().rules().toString()).contains("SheraThreads");
        HttpResponse<String> told = post(rule, NOTICES + "set", book());
        assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
        assertThat(alertmanager.config()).content().contains("retail");
        assertThat(TwoTenants.get(rule, "operator", NOTICES + "book").body()).contains("\"state\":\"inForce\"");
        String before = Files.readString(alertmanager.config());
        HttpResponse<String> mail = post(
                rule,
                NOTICES + "set",
                "{\"receivers\": [{\"name\": \"ops\", \"kind\": \"mail\", \"to\": \"a@example.com\"}],"
                        + " \"routes\": [{\"receiver\": \"ops\"}]}");
        assertThat(mail.statusCode()).as(mail.body()).isEqualTo(502);
        assertThat(mail.body()).contains("amtool refused");
        assertThat(alertmanager.config()).content().isEqualTo(before);

        sshd.renewKey();
        HttpResponse<String> stranger = post(rule, SET, threads(400));
        assertThat(stranger.statusCode()).isEqualTo(502);
        assertThat(stranger.body()).contains("changed").contains("Nothing was sent");
        assertThat(rules).content().contains("> 300");
    }

    @Test
    void anAgentDoesTheSameAndItsRefusalsAreUnderstood(JenkinsRule rule) throws Exception {
        RemoteRules rules = new RemoteRules(
                new AgentMachine("here", rule.jenkins.getChannel(), 120),
                new RemoteRules.Place(
                        prometheus.rules().toString(),
                        RealPrometheus.promtool().toString(),
                        prometheus.url().toString(),
                        "",
                        "",
                        Duration.ofSeconds(20)));
        AlertRule good = new AlertRule("Up", "vector(1)", Duration.ZERO, Map.of("a", "b"), Map.of());
        AlertRule bad = new AlertRule("Bad", "sum(", Duration.ZERO, Map.of(), Map.of());

        rules.apply(List.of(new RuleFile("retail", List.of(good))));
        assertThat(rules.stored("retail")).containsExactly(good);
        assertThat(rules.tenants()).containsExactly("retail");
        assertThatThrownBy(() -> rules.apply(List.of(new RuleFile("retail", List.of(bad)))))
                .isInstanceOf(Rollover.RefusedException.class)
                .hasMessageContaining("promtool refused the rules of retail");
        assertThat(rules.stored("retail")).containsExactly(good);

        MachineSettings away = new MachineSettings();
        away.setAgent("away");
        assertThatThrownBy(() -> away.machine().run(() -> null)).hasMessageContaining("away is not connected");
    }

    @Test
    void theFormShowsTheMachineAndKeepsIt(JenkinsRule rule, Page page) throws Exception {
        TwoTenants.of(rule, prometheus);
        MachineSettings machine = new MachineSettings();
        machine.setHost("prometheus.example.com");
        machine.setSshPort(2222);
        machine.setCredentialsId("monitoring-key");
        PrometheusServer server = new PrometheusServer("main", prometheus.url().toString());
        server.setRulesFolder("/srv/rules");
        server.setMachine(machine);
        server.setTimeoutSeconds(7);
        PrometheusServer own = new PrometheusServer("own", prometheus.url().toString());
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            MonitoringConfiguration.get().setPrometheusServers(List.of(server, own));
        }
        String address = rule.getURL() + "manage/configure";
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
        page.open(address).see("form[name=config]", "The folder lies on another machine");
        page.photograph("settings-machine-light");
        page.click("form[name=config] button[name=Submit]");
        page.until("the form was sent", "!location.pathname.endsWith('/configure')");
        assertThat(MonitoringConfiguration.get().getPrometheusServers())
                .satisfiesExactly(
                        each -> {
                            assertThat(each.getTimeoutSeconds()).isEqualTo(7);
                            assertThat(each.getMachine().getHost()).isEqualTo("prometheus.example.com");
                            assertThat(each.getMachine().getSshPort()).isEqualTo(2222);
                            assertThat(each.getMachine().getCredentialsId()).isEqualTo("monitoring-key");
                        },
                        each -> assertThat(each.getMachine()).isNull());
        page.look(Theme.LIGHT, "zh-CN")
                .open(address)
                .see("form[name=config]", "\u89c4\u5219\u76ee\u5f55\u4f4d\u4e8e\u53e6\u4e00\u53f0\u673a\u5668");
        page.photograph("settings-machine-zh");
    }

    @Test
    void aMachineThatLeadsNowhereIsRefused() {
        MachineSettings none = new MachineSettings();
        assertThatThrownBy(() -> none.check("main")).hasMessageContaining("either an agent or a host");
        MachineSettings ssh = new MachineSettings();
        ssh.setHost("monitoring.example.com");
        assertThatThrownBy(() -> ssh.check("main")).hasMessageContaining("credential");
        ssh.setCredentialsId("key");
        ssh.check("main");
        ssh.setHostKey("ssh-ed25519 nonsense");
        assertThatThrownBy(() -> ssh.check("main")).hasMessageContaining("host key");
        ssh.setHostKey("");
        for (String bad : List.of("a b", "-oProxyCommand=x", "$(x)", "a;b")) {
            ssh.setHost(bad);
            assertThatThrownBy(() -> ssh.check("main")).as(bad).hasMessageContaining("DNS name");
        }
        ssh.setHost("monitoring.example.com");
        ssh.setJava("java; x");
        assertThatThrownBy(() -> ssh.check("main")).hasMessageContaining("java");
    }
}
