package io.jenkins.plugins.shera.nginx.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.nginx.certificates.TwoTenants;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Pushes whose errors are watched on real nginx. */
class ErrorWatchTest {
    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path folder;

    private final List<RealNginx> nodes = new ArrayList<>();
    private volatile boolean asking;
    private Thread client;

    @BeforeEach
    void start() throws Exception {
        for (int i = 0; i < 2; i++) {
            nodes.add(RealNginx.startLogging(Files.createDirectory(folder.resolve("n" + i))));
        }
    }

    @AfterEach
    void stop() throws Exception {
        asking = false;
        if (client != null) {
            client.join();
        }
        for (RealNginx nginx : nodes) {
            nginx.close();
        }
    }

    private static TwoTenants cluster(JenkinsRule jenkins, RealNginx... nodes) throws Exception {
        TwoTenants tenants = new TwoTenants(jenkins, nodes[0].tlsPort());
        own(tenants.nodes(nodes));
        return tenants;
    }

    private static void own(NginxCluster edge) {
        edge.setTenants("retail");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setClusters(List.of(edge));
        }
    }

    private String server(String answer) {
        return "server { listen " + nodes.get(0).port() + "; server_name shop.example.com; location / { return "
                + answer + "; } }";
    }

    private static String push(String content, String more) {
        return "node {\nwriteFile file: 'nginx/a.conf', text: '" + content + "'\npushNginx(nginx: 'edge'" + more
                + ")\n}";
    }

    /** A client that does not stop asking. */
    private void ask() {
        asking = true;
        client = new Thread(() -> {
            while (asking) {
                try {
                    nodes.get(0).ask("shop.example.com", "/");
                    TimeUnit.MILLISECONDS.sleep(20);
                } catch (Exception e) {
                    // A worker that leaves may close a connection; the next question is another one.
                }
            }
        });
        client.start();
    }

    @Test
    void aPushThatMakesErrorsGoesBackByItselfAndAGoodOneStays() throws Throwable {
        sessions.then(jenkins -> {
            TwoTenants tenants = cluster(jenkins, nodes.get(0));
            WorkflowRun run = tenants.run("first", "retail", push(server("200 good"), ""));
            jenkins.assertBuildStatusSuccess(run);
            ask();

            run = tenants.run("bad", "retail", push(server("503"), ", errorWatch: 600, errorRequests: 10"));
            jenkins.assertBuildStatus(Result.FAILURE, run);
            jenkins.assertLogContains("Watching errors for 600 s", run);
            jenkins.assertLogContains("answered 100.0 % of its requests with 5xx since the push", run);
            jenkins.assertLogContains("Every node has what it had before.", run);
            assertThat(nodes.get(0).ask("shop.example.com", "/")).endsWith("good");

            run = tenants.run("good", "retail", push(server("200 better"), ", errorWatch: 1, errorRequests: 3"));
            jenkins.assertBuildStatusSuccess(run);
            jenkins.assertLogContains("Errors held: 0.0 % of ", run);
            assertThat(nodes.get(0).ask("shop.example.com", "/")).endsWith("better");

            run = tenants.run("quiet", "retail", push(server("200 best"), ", errorWatch: 1, errorRequests: 100000"));
            jenkins.assertBuildStatusSuccess(run);
            jenkins.assertLogContains("requests since the push are fewer than 100,000", run);
        });
    }

    @Test
    void theWatchOutlivesARestartAndTheRestOfTheNodesIsSpared() throws Throwable {
        sessions.then(jenkins -> {
            TwoTenants tenants = cluster(jenkins, nodes.toArray(RealNginx[]::new));
            jenkins.assertBuildStatusSuccess(tenants.run("first", "retail", push("# one", "")));
            WorkflowJob job = tenants.job("second", "retail", push("# two", ", errorWatch: 3000"));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("Watching errors for 3000 s", run);
            assertThat(site(0)).isEqualTo("# two");
            assertThat(site(1)).isEqualTo("# one");
        });
        sessions.then(jenkins -> {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 60; i++) {
                String now = String.valueOf(System.currentTimeMillis());
                lines.append("erp.example.com 502 0.004 - ")
                        .append(now, 0, now.length() - 3)
                        .append('.')
                        .append(now, now.length() - 3, now.length())
                        .append('\n');
            }
            Files.writeString(nodes.get(0).requestLog(), lines, StandardOpenOption.APPEND);

            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("retail/second", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("Errors rose: all hosts answered 100.0 %", run);
            assertThat(site(0)).isEqualTo("# one");
            assertThat(site(1)).isEqualTo("# one");
        });
    }

    @Test
    void whatCannotBeWatchedIsRefusedBeforeAnythingIsChanged() throws Throwable {
        sessions.then(jenkins -> {
            TwoTenants tenants = new TwoTenants(jenkins, nodes.get(0).tlsPort());
            NginxCluster edge = tenants.nodes(nodes.toArray(RealNginx[]::new));
            edge.getNodes().get(1).setRequestLog("");
            own(edge);
            WorkflowRun run = tenants.run("none", "retail", push("# one", ", errorWatch: 5"));
            jenkins.assertBuildStatus(Result.FAILURE, run);
            jenkins.assertLogContains(
                    "The errors of node built-in-2 cannot be watched: It has no log of requests", run);
            edge.getNodes().get(1).setRequestLog(folder + "/none.log");
            own(edge);
            run = tenants.run("missing", "retail", push("# one", ", errorWatch: 5"));
            jenkins.assertLogContains("There is no log of requests " + folder + "/none.log", run);
            jenkins.assertLogNotContains("Tested on all", run);
            for (String wrong : List.of("errorWatch: -1", "errorWatch: 5, errorRise: 100", "errorRequests: 0")) {
                run = tenants.run("wrong" + wrong.hashCode(), "retail", push("# one", ", " + wrong));
                jenkins.assertLogContains("errorWatch is seconds from 0 to 3600", run);
                jenkins.assertLogNotContains("\tat ", run);
            }
            assertThat(site(0) + site(1)).isEmpty();
        });
    }

    private String site(int node) throws Exception {
        return new NginxNode(nodes.get(node).installation()).siteFiles().getOrDefault("a.conf", "");
    }
}
