package io.jenkins.plugins.shera.nginx.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nginx.site.SiteHistory;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Files of people on their way to three real nginx. */
class PushNginxStepTest {
    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path folder;

    private final List<RealNginx> nodes = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        for (int i = 0; i < 3; i++) {
            nodes.add(RealNginx.start(Files.createDirectory(folder.resolve("n" + i))));
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (RealNginx nginx : nodes) {
            nginx.close();
        }
    }

    private WorkflowJob job(JenkinsRule jenkins) throws Exception {
        List<NginxNodeSettings> settings = new ArrayList<>();
        for (RealNginx nginx : nodes) {
            NginxNodeSettings node = new NginxNodeSettings(
                    nginx.installation().mainConfig().toString(),
                    nginx.installation().folder().toString());
            node.setBinary(nginx.installation().binary().toString());
            node.setVersionPort(nginx.installation().versionPort());
            settings.add(node);
        }
        NginxCluster edge = new NginxCluster("edge", settings);
        edge.setTenants("retail");
        NginxCluster common = new NginxCluster("common", settings);
        common.setTenants("retail bank");
        Tenant tenant = new Tenant("retail");
        tenant.setFolder("retail");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setTenants(List.of(tenant));
            NginxConfiguration.get().setClusters(List.of(edge, common));
        }
        return jenkins.createProject(Folder.class, "retail").createProject(WorkflowJob.class, "push");
    }

    private static String script(String content, String more) {
        return "node {\nwriteFile file: 'nginx/a.conf', text: '" + content.replace("\n", "\\n")
                + "'\npushNginx(nginx: 'edge'" + more + ")\n}";
    }

    private static WorkflowRun run(JenkinsRule jenkins, WorkflowJob job, Result result, String script)
            throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(result, job.scheduleBuild2(0));
    }

    private List<String> onNodes() throws Exception {
        List<String> found = new ArrayList<>();
        for (RealNginx nginx : nodes) {
            found.add(new NginxNode(nginx.installation()).siteFiles().getOrDefault("a.conf", ""));
        }
        return found;
    }

    @Test
    void everyNodeHasThemOrNoneHas() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins);
            WorkflowRun run = run(jenkins, job, Result.SUCCESS, script("# one\n", ", reason: 'first'"));
            jenkins.assertLogContains("Tested on all 3 node(s) of edge", run);
            assertThat(onNodes()).containsOnly("# one\n");
            SiteHistory.Entry entry = SiteDesk.history("edge").latest().orElseThrow();
            assertThat(entry.why()).isEqualTo("first");

            int taken = nodes.get(1).installation().versionPort();
            run = run(
                    jenkins,
                    job,
                    Result.FAILURE,
                    script(
                            "server { listen 127.0.0.1:1; server_name a; } server { listen 127.0.0.1:1; server_name b; "
                                    + "proxy_pass http://x; }",
                            ""));
            jenkins.assertLogContains("so nothing was changed on any node", run);
            run = run(jenkins, job, Result.FAILURE, script("include /etc/passwd;", ""));
            jenkins.assertLogContains("a.conf:1: the directive 'include' is not among those that may be pushed", run);
            run = run(
                    jenkins,
                    job,
                    Result.FAILURE,
                    script("# two\n", ", check: 'http://127.0.0.1:" + freeOf(taken) + "/'"));
            jenkins.assertLogContains("does not answer as it should", run);
            jenkins.assertLogContains("Every node has what it had before.", run);
            assertThat(onNodes()).containsOnly("# one\n");
            assertThat(SiteDesk.history("edge").newest(10)).hasSize(1);

            for (String wrong : List.of(
                    "nginx: 'common'",
                    "nginx: 'none'",
                    "folder: '../x'",
                    "folder: 'empty'",
                    "pause: -1",
                    "batch: 0",
                    "check: 'file:///etc/passwd'")) {
                run = run(
                        jenkins,
                        job,
                        Result.FAILURE,
                        "node { pushNginx(" + (wrong.startsWith("nginx") ? "" : "nginx: 'edge', ") + wrong + ") }");
                jenkins.assertLogNotContains("\tat ", run);
            }
        });
    }

    /** A port where nobody answers: that of a node's version server, one further. */
    private static int freeOf(int taken) throws Exception {
        try (java.net.ServerSocket free = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return free.getLocalPort() == taken ? taken + 1 : free.getLocalPort();
        }
    }

    @Test
    void goesOnAfterARestartInTheMiddleAndGivesBackWhenItIsStopped() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins);
            job.setDefinition(new CpsFlowDefinition(script("# one\n", ", pause: 6, batch: 1"), true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("Waiting 6 s before the next nodes", run);
        });
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("retail/push", WorkflowJob.class);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(job.getBuildByNumber(1)));
            assertThat(onNodes()).containsOnly("# one\n");

            job.setDefinition(new CpsFlowDefinition(script("# two\n", ", pause: 3600"), true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("Waiting 3600 s before the next nodes", run);
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("Every node has what it had before.", run);
            assertThat(onNodes()).containsOnly("# one\n");
        });
    }

    @Test
    void writesNowReloadsLaterAndGivesNodesThatWereLeftBehindWhatTheyLack() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins);
            WorkflowRun run = run(jenkins, job, Result.SUCCESS, script("# one\n", ", reload: 'later', reason: 'r'"));
            jenkins.assertLogContains("Written on all 3 node(s) of edge; nothing was reloaded", run);
            assertThat(onNodes()).containsOnly("");
            assertThat(SiteDesk.history("edge").latest()).isEmpty();
            run = run(jenkins, job, Result.FAILURE, script("# two\n", ""));
            jenkins.assertLogContains("waits for its reload", run);

            String waiting = "node { pushNginx(nginx: 'edge', reload: 'waiting') }";
            Path beside = nodes.get(2).installation().folder().resolve("site/waiting/current/a.conf");
            Files.writeString(beside, "# by hand\n");
            run = run(jenkins, job, Result.FAILURE, waiting);
            jenkins.assertLogContains("Node built-in-3 of nginx cluster edge does not have what was written", run);
            assertThat(onNodes()).containsOnly("");
            Files.writeString(beside, "# one\n");
            run(jenkins, job, Result.SUCCESS, waiting);
            assertThat(onNodes()).containsOnly("# one\n");
            assertThat(SiteDesk.history("edge").latest().orElseThrow().why()).isEqualTo("r");
            run = run(jenkins, job, Result.FAILURE, waiting);
            jenkins.assertLogContains("No push waits for its reload", run);

            Path main = nodes.get(1).installation().mainConfig();
            String good = Files.readString(main);
            Files.writeString(main, "nonsense;\n" + good);
            run = run(jenkins, job, Result.FAILURE, script("# two\n", ""));
            jenkins.assertLogContains("so nothing was changed on any node", run);
            run = run(jenkins, job, Result.SUCCESS, script("# two\n", ", partial: true"));
            jenkins.assertLogContains("built-in-2 is left behind", run);
            assertThat(onNodes()).containsExactly("# two\n", "# one\n", "# two\n");
            NginxCluster edge =
                    NginxConfiguration.get().clusterFor("edge", "retail").orElseThrow();
            assertThat(SiteDesk.retry(edge, "retail", "", said -> {})).containsOnlyKeys("built-in-2");
            Files.writeString(main, good);
            assertThat(SiteDesk.retry(edge, "retail", "built-in-2", said -> {})).isEmpty();
            assertThat(SiteDesk.notes("edge").behind()).isEmpty();
            assertThat(onNodes()).containsOnly("# two\n");

            for (String wrong : List.of("reload: 'soon'", "reload: 'later', partial: true")) {
                run(jenkins, job, Result.FAILURE, script("# three\n", ", " + wrong));
            }
        });
    }

    @Test
    void comesInForceAtItsTimeInTheNameOfWhoWroteItIfThatOneStillMay() throws Throwable {
        sessions.then(jenkins -> {
            job(jenkins);
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.READ, Item.READ, SheraPermissions.VIEW, SheraPermissions.ROUTE)
                    .everywhere()
                    .to("dev")
                    .grant(Jenkins.READ, Item.READ, SheraPermissions.VIEW)
                    .everywhere()
                    .to("reader"));
            NginxCluster edge =
                    NginxConfiguration.get().clusterFor("edge", "retail").orElseThrow();
            WaitingDesk desk = new WaitingDesk(edge);
            Map<String, String> files = Map.of("a.conf", "# one\n");
            Instant past = Instant.now().minusSeconds(1);

            desk.write(WaitingDesk.of("retail", 0, files, "reader", "", past), said -> {});
            WaitingWatch.get().look();
            assertThat(onNodes()).containsOnly("");
            assertThat(desk.waiting().trouble()).contains("reader may not push to nginx cluster edge any more");
            assertThat(desk.waiting().due()).isNull();
            desk.drop("retail");

            desk.write(
                    WaitingDesk.of("retail", 0, files, "dev", "", Instant.now().plusSeconds(3600)), said -> {});
            WaitingWatch.get().look();
            assertThat(onNodes()).containsOnly("");
            desk.drop("retail");
            desk.write(WaitingDesk.of("retail", 0, files, "dev", "", past), said -> {});
            WaitingWatch.get().look();
            assertThat(onNodes()).containsOnly("# one\n");
            assertThat(SiteDesk.history("edge").latest().orElseThrow().who()).isEqualTo("dev");
        });
    }

    @Test
    void whatTheNginxOfOneNodeWasNotBuiltForIsInForceOnNone() throws Throwable {
        Path module = RealNginx.module("ngx_http_echo_module.so", "libnginx-mod-http-echo");
        for (RealNginx able : nodes.subList(0, 2)) {
            Path main = able.installation().mainConfig();
            Files.writeString(main, "load_module " + module + ";\n" + Files.readString(main));
            able.reload();
        }
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins);
            run(jenkins, job, Result.SUCCESS, script("# one\n", ", reason: 'first'"));
            List<Long> generations = generations();
            String variable = "map $echo_request_method $asked_by { default 1; }\n";

            WorkflowRun refused = run(jenkins, job, Result.FAILURE, script(variable, ", reason: 'by method'"));

            jenkins.assertLogContains("unknown \"echo_request_method\" variable", refused);
            assertThat(onNodes()).containsOnly("# one\n");
            assertThat(generations()).isEqualTo(generations);
            NginxNode able = new NginxNode(nodes.get(0).installation());
            able.testSite(Map.of("a.conf", variable));
            assertThat(able.drift().changes()).isEmpty();
        });
    }

    private List<Long> generations() throws Exception {
        List<Long> found = new ArrayList<>();
        for (RealNginx nginx : nodes) {
            found.add(new NginxNode(nginx.installation()).siteGeneration());
        }
        return found;
    }
}
