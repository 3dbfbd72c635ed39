package io.jenkins.plugins.shera.terminal.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.audit.AuditEntry;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.EnvironmentPolicy;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.TerminalPolicy;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Builds of a tenant's job in a container of a real cluster. */
@Tag("cluster")
class InContainerStepTest {

    private static final List<String> PROGRAMS = List.of(
            "sh",
            "stat",
            "cat",
            "printf",
            "cp",
            "mv",
            "rm",
            "wc",
            "readlink",
            "sleep",
            "find",
            "tar",
            "seq",
            "ps",
            "grep",
            "echo",
            "test");

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path folder;

    private TestPods pods;

    @BeforeEach
    void open() throws Exception {
        pods = new TestPods(folder);
        pods.image("shop", "1", PROGRAMS, "0");
        pods.start("shop-1", pods.reference("shop", "1"));
    }

    @AfterEach
    void close() throws Exception {
        if (pods != null) {
            pods.close();
        }
    }

    private WorkflowJob job(JenkinsRule rule, boolean builds, String... containers) throws Exception {
        PackageTenant.configure(rule, pods);
        policy(builds, containers);
        return rule.jenkins.getItemByFullName("retail", Folder.class).createProject(WorkflowJob.class, "mend");
    }

    private void policy(boolean builds, String... containers) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Application shop = new Application("retail", "shop");
            Environment dev = new Environment("dev", "real", pods.namespace());
            EnvironmentPolicy policy = new EnvironmentPolicy();
            TerminalPolicy terminal = new TerminalPolicy();
            terminal.setBuilds(builds);
            terminal.setContainers(List.of(containers));
            policy.setTerminal(terminal);
            dev.setPolicy(policy);
            shop.setEnvironments(List.of(dev));
            SheraConfiguration.get().setApplications(List.of(shop));
        }
    }

    private static String steps(String... parts) {
        return "inContainer(application: 'shop', environment: 'dev', steps: [" + String.join(", ", parts) + "])";
    }

    private static WorkflowRun build(JenkinsRule rule, WorkflowJob job, Result result, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return rule.assertBuildStatus(result, job.scheduleBuild2(0));
    }

    @Test
    void mendsPackagesAndTellsWhoDidIt() throws Throwable {
        sessions.then(rule -> {
            WorkflowJob job = job(rule, true, "ma*");
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                CredentialsProvider.lookupStores(rule.jenkins)
                        .iterator()
                        .next()
                        .addCredentials(
                                Domain.global(),
                                new StringCredentialsImpl(
                                        CredentialsScope.GLOBAL, "word", "", Secret.fromString("opensesame7")));
            }
            WorkflowRun run = build(
                    rule,
                    job,
                    Result.SUCCESS,
                    "node { writeFile file: 'conf/shop.conf', text: 'port 80'\n"
                            + "withCredentials([string(credentialsId: 'word', variable: 'WORD')]) {\n"
                            + "def r = "
                            + steps(
                                    "uploadFile(from: 'conf/shop.conf', to: '/etc/')",
                                    "runCommand(command: 'cat /etc/shop.conf; exit 3', exitCode: 3, expect: 'port 80')",
                                    "runCommand('echo first; echo second 1>&2; echo ' + WORD)",
                                    "runCommand('seq 1 300000')",
                                    "downloadFile(from: '/etc/shop.conf', to: 'got/back.conf')",
                                    "uploadFile(from: 'conf/', to: '/tmp/')",
                                    "downloadFile(from: '/tmp/conf/', to: 'whole')",
                                    "packageImage(tag: 'mended', set: 'config')")
                            + "\necho \"${r.pod} ${r.container} ${r.outputs[0]} ${readFile 'got/back.conf'} ${readFile 'whole/shop.conf'}\"\n"
                            + "echo \"made ${r.image}\" } }");
            rule.assertLogContains("shop-1 main port 80 port 80 port 80", run);
            rule.assertLogContains("second", run);
            rule.assertLogContains("echo ****", run);
            rule.assertLogNotContains("opensesame7", run);
            rule.assertLogNotContains("shera-f", run);
            rule.assertLogContains("more lines are not in this log", run);
            assertThat(Image.read(pods.target("shop"), "mended", Platform.ofThisMachine())
                            .config()
                            .labels())
                    .containsEntry("io.shera.hand-made", "true");
            assertThat(AuditLog.get()
                            .trail()
                            .search(AuditQuery.newest("retail", 50))
                            .entries())
                    .filteredOn(entry -> entry.from().equals(run.getExternalizableId()))
                    .extracting(AuditEntry::what)
                    .contains("container.write", "container.exec", "container.read", "container.package");
            assertThat(AuditLog.get()
                            .trail()
                            .search(AuditQuery.newest("retail", 50))
                            .entries()
                            .toString())
                    .doesNotContain("opensesame7");
        });
    }

    @Test
    void refusesWhatItMayNotAndSaysWhatWentWrong() throws Throwable {
        sessions.then(rule -> {
            WorkflowJob job = job(rule, false);
            WorkflowRun run = build(rule, job, Result.FAILURE, steps("runCommand('echo in')"));
            rule.assertLogContains("lets people into its containers and no builds", run);
            policy(true, "other");
            run = build(rule, job, Result.FAILURE, steps("runCommand('echo in')"));
            rule.assertLogContains("lets nobody into this container", run);
            policy(true);
            run = build(rule, job, Result.FAILURE, steps("runCommand('exit 4')", "runCommand('echo never')"));
            rule.assertLogContains("Step 1 ended with exit code 4, and 0 was expected.", run);
            run = build(rule, job, Result.FAILURE, steps("runCommand(command: 'echo one', expect: 'two')"));
            rule.assertLogContains("Step 1 did not say 'two'", run);
            run = build(rule, job, Result.FAILURE, steps("uploadFile(from: '../x', to: '/etc/x')"));
            rule.assertLogContains("without '..'", run);
            run = build(rule, job, Result.FAILURE, steps("uploadFile(from: 'x', to: '/etc/x')"));
            rule.assertLogContains("Put the step into a node block.", run);
            run = build(
                    rule,
                    job,
                    Result.FAILURE,
                    "inContainer(application: 'shop', environment: 'dev', selector: 'track=none', steps: [runCommand('ls')])");
            rule.assertLogContains("No such container of shop runs there.", run);
        });
    }

    @Test
    void endsTheProcessWithTheBuildOrPastItsTime() throws Throwable {
        sessions.then(rule -> {
            WorkflowJob job = job(rule, true);
            job.setDefinition(new CpsFlowDefinition(steps("runCommand('echo begun; sleep 7001 | cat')"), true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            rule.waitForMessage("begun", run);
            // The shell speaks before it starts the next program.
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> processes("[s]leep 7001")
                    .contains("7001"));
            run.doStop();
            rule.assertBuildStatus(Result.ABORTED, rule.waitForCompletion(run));
            rule.assertLogContains("The command of step 1 was ended.", run);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> processes("[s]leep 7001")
                    .isEmpty());
            run = build(rule, job, Result.FAILURE, steps("runCommand(command: 'sleep 7002', timeout: 1)"));
            rule.assertLogContains("did not end within 1 seconds", run);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> processes("[s]leep 7002")
                    .isEmpty());
        });
    }

    private String processes(String pattern) throws Exception {
        return pods.say("shop-1", "sh", "-c", "ps | grep '" + pattern + "' || true");
    }

    @Test
    void neverRunsACommandTwiceWhenJenkinsGoesDown() throws Throwable {
        sessions.then(rule -> {
            WorkflowJob job = job(rule, true);
            job.setDefinition(new CpsFlowDefinition(
                    steps("runCommand('echo once >> /tmp/count; echo begun; sleep 7003')"), true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            rule.waitForMessage("begun", run);
            // The process number is saved at the next look.
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> processes("[s]leep 7003")
                    .contains("7003"));
        });
        sessions.then(rule -> {
            WorkflowRun run = rule.jenkins
                    .getItemByFullName("retail/mend", WorkflowJob.class)
                    .getBuildByNumber(1);
            rule.assertBuildStatus(Result.FAILURE, rule.waitForCompletion(run));
            rule.assertLogContains("It is not run a second time", run);
            assertThat(pods.say("shop-1", "cat", "/tmp/count")).isEqualTo("once\n");
        });
    }
}
