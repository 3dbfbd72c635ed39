package io.jenkins.plugins.shera.monitoring.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.cli.CLICommand;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.monitoring.LogDoubles;
import io.jenkins.plugins.shera.monitoring.cli.LogsCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds and commands of two tenants: retail has a token for the log agents, bank impersonates. */
@WithJenkins
class FetchLogsStepTest {

    private static final String RANGE = "since: '2026-01-02T03:04:00Z', until: '2026-01-02T11:05:00+08:00'";
    private static final String SHOP = "application: 'shop', environment: 'prod', ";

    private LogDoubles doubles;
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        doubles = new LogDoubles();
        doubles.tenants(rule);
    }

    @AfterEach
    void stop() {
        doubles.close();
    }

    private WorkflowRun run(String tenant, String script) throws Exception {
        Folder at = jenkins.jenkins.getItemByFullName(tenant, Folder.class);
        WorkflowJob job =
                at.createProject(WorkflowJob.class, "job" + at.getItems().size());
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).get();
    }

    private static String step(String arguments) {
        return "node {\n def logs = fetchLogs(" + arguments + ")\n"
                + " echo \"got ${logs.lines} ${logs.bytes} ${logs.source}"
                + " ${logs.ordered} ${logs.cut}"
                + " ${logs.containers}/${logs.matching} ${logs.since}"
                + " ${logs.until} ${logs.unread} ${logs.remarks.size()}"
                + " ${logs}\"\n"
                + " echo readFile(logs.file)\n"
                + "}";
    }

    @Test
    void aRangeFromTheAgentLiesInTheWorkspaceAndTheResultSaysSo() throws Exception {
        WorkflowRun build = run("retail", step(SHOP + RANGE + ", grep: 'from', file: 'out/range.log'"));

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        jenkins.assertLogContains(
                "got 1 53 agent true false 1/1 2026-01-02T03:04:00.000000000Z 2026-01-02T03:05:00.000000000Z [] 0 1"
                        + " lines in out/range.log",
                build);
        jenkins.assertLogContains("2026-01-02T03:04:05.000000001Z shop-1 from the agent", build);
        assertThat(doubles.seenByAgent()).singleElement().asString().contains("grep=from", "Bearer token-of-retail");
    }

    @Test
    void aTenantThatImpersonatesIsReadFromTheClusterAndShowsTheAgentNothing() throws Exception {
        WorkflowRun build = run(
                "bank",
                step(SHOP
                        + "around: '2026-01-02T03:04:06Z', before: '1s', afterwards: '1s', grep: 'error"
                        + " [0-9]', regex: true"));

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        jenkins.assertLogContains(" kubernetes false false 1/1 2026-01-02T03:04:05.000000000Z", build);
        jenkins.assertLogContains("shop-1 error 7 from the api", build);
        jenkins.assertLogContains("not by the log agent: NO_TOKEN", build);
        jenkins.assertLogContains("logs-shop-prod.log", build);
        jenkins.assertLogNotContains("05.000000001Z shop-1 from the api", build);
        assertThat(doubles.seenByAgent()).isEmpty();
    }

    @Test
    void aDeclarativePipelineMayLimitTheFile() throws Exception {
        WorkflowRun build = run(
                "bank",
                "pipeline { agent any\n stages { stage('s') { steps { script { def l = fetchLogs(" + SHOP
                        + "limitBytes: 60, containers: 'shop other')\n echo \"cut ${l.cut} ${l.lines}\" } } } } }");

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        jenkins.assertLogContains("cut true 1", build);
    }

    @Test
    void refusesWhatCannotBeMeantWithWhatToDoAndNoTrace() throws Exception {
        for (String bad : List.of(
                "environment: 'prod', application: 'other'",
                "environment: 'elsewhere', application: 'shop'",
                SHOP + "file: '../out.log'",
                SHOP + "file: '/etc/passwd'",
                SHOP + "file: 'a\\\\..\\\\b'",
                SHOP + "since: 'yesterday'",
                SHOP + RANGE + ", around: '10m'",
                SHOP + "around: '10m', alert: 'threads'",
                SHOP + "around: '10m', before: 'long'",
                SHOP + "grep: '(', regex: true",
                SHOP + "limitBytes: 0",
                SHOP + "alert: 'threads'",
                SHOP + "tenant: 'retail'")) {
            WorkflowRun build = run("bank", step(bad));
            jenkins.assertBuildStatus(Result.FAILURE, build);
            jenkins.assertLogNotContains("\tat ", build);
            jenkins.assertLogNotContains("got ", build);
        }
        doubles.stopApi();
        WorkflowRun down = run("bank", step(SHOP + RANGE));
        jenkins.assertBuildStatus(Result.FAILURE, down);
        jenkins.assertLogContains("The logs were not read.", down);
        jenkins.assertLogNotContains("\tat ", down);
    }

    private record Answer(int code, String out, String error) {}

    private static Answer command(String user, String... arguments) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        CLICommand command = new LogsCommand();
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2())) {
            command.setTransportAuth2(User.getById(user, true).impersonate2());
            int code = command.main(
                    List.of(arguments),
                    Locale.ENGLISH,
                    new ByteArrayInputStream(new byte[0]),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(error, true, StandardCharsets.UTF_8));
            return new Answer(code, out.toString(StandardCharsets.UTF_8), error.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void theCommandPrintsARangeAndSaysWhatItMayNot() throws Exception {
        Answer all = command("clerk", "retail", "shop", "prod", "-since", "2026-01-02T03:04:00Z");
        assertThat(all.out()).isEqualTo("2026-01-02T03:04:05.000000001Z shop-1 from the agent\n");
        assertThat(all.code()).isZero();
        Answer found = command("admin", "bank", "shop", "prod", "-grep", "ERROR", "-until", "2026-01-03T00:00:00Z");
        assertThat(found.out()).contains("error 7 from the api").contains("NO_TOKEN");
        assertThat(found.error()).contains("NO_TOKEN");
        Answer foreign = command("clerk", "bank", "shop", "prod");
        assertThat(foreign.code()).isEqualTo(1);
        assertThat(foreign.out()).isEmpty();
        assertThat(command("clerk", "retail", "shop", "prod", "-since", "noon").code())
                .isEqualTo(1);
        assertThat(doubles.seenByAgent()).hasSize(1);
    }
}
