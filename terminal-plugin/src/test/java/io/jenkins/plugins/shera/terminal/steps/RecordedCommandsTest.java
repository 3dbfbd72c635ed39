package io.jenkins.plugins.shera.terminal.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.EnvironmentPolicy;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.TerminalPolicy;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.terminal.cli.ExecCommand;
import io.jenkins.plugins.shera.terminal.config.TerminalConfiguration;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.desk.Recordings;
import io.jenkins.plugins.shera.terminal.docker.TestEngine;
import io.jenkins.plugins.shera.terminal.recording.Facts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Commands of people and of builds in a container of a real docker engine, where a recording is demanded. */
@WithJenkins
class RecordedCommandsTest {
    private static final List<String> TOOLS =
            List.of("sh", "cat", "stat", "cp", "mv", "rm", "wc", "readlink", "sleep", "ls", "yes", "seq", "printf");

    @TempDir
    static Path folder;

    private static void demand() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Environment dev = new Environment("dev", "real", "retail-dev");
            EnvironmentPolicy policy = new EnvironmentPolicy();
            TerminalPolicy terminal = new TerminalPolicy();
            terminal.setBuilds(true);
            terminal.setRecord(true);
            policy.setTerminal(terminal);
            dev.setPolicy(policy);
            Application shop = new Application("retail", "shop");
            shop.setEnvironments(List.of(dev));
            SheraConfiguration.get().setApplications(List.of(shop));
        }
    }

    private static String exec(String container, String... words) {
        try (ACLContext ignored = ACL.as2(User.getById("ada", true).impersonate2())) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
            ExecCommand command = new ExecCommand();
            command.setTransportAuth2(Jenkins.getAuthentication2());
            List<String> all = Stream.concat(
                            Stream.of("retail", "shop", "dev", "docker:here", "-container", container, "--"),
                            Stream.of(words))
                    .toList();
            int code = command.main(all, Locale.ENGLISH, new ByteArrayInputStream(new byte[0]), stream, stream);
            return code + "\n" + said.toString(StandardCharsets.UTF_8);
        }
    }

    /** The newest, once it is over. */
    private static Facts newest() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> Recordings.get().shelf().of("retail", "shop").get(0), facts -> !facts.isOpen());
    }

    private static String cast(Facts facts) throws IOException {
        return Files.readString(Recordings.get().shelf().cast(facts));
    }

    @Test
    void whatIsRunIsKeptWithoutSecretsAndLinked(JenkinsRule rule) throws Exception {
        try (TestEngine engine = new TestEngine(folder)) {
            PackageTenant.configure(rule, engine);
            engine.image("shop", "1", TOOLS, Map.of());
            String shop = engine.start("Shop_1", engine.reference("shop", "1"), TestEngine.LABELS);

            assertThat(exec(shop, "echo", "free")).isEqualTo("0\nfree\n");
            assertThat(Recordings.get().shelf().of("retail", "shop")).isEmpty();

            demand();
            assertThat(exec(shop, "sh", "-c", "echo one; echo two >&2; exit 7", "-", "password=hunter22"))
                    .startsWith("7\n")
                    .contains(
                            "recorded: /shera/tenant/retail/application/shop/recordings/?recording=", "one\n", "two\n");
            Facts facts = newest();
            assertThat(facts.owner()).isEqualTo("ada");
            assertThat(facts.how()).isEqualTo("exit");
            assertThat(facts.exitCode()).isEqualTo(7);
            assertThat(facts.target().container()).isEqualTo(shop);
            assertThat(cast(facts))
                    .contains("$ sh -c", "one\\r\\n", "two\\r\\n", "password=********")
                    .doesNotContain("hunter22", "shera-");

            builds(rule, engine, shop);
            assertThat(AuditLog.get()
                            .trail()
                            .search(AuditQuery.newest("retail", 50))
                            .entries())
                    .filteredOn(entry -> entry.what().equals("container.exec"))
                    .filteredOn(entry -> entry.after().contains(Recordings.path(facts)))
                    .hasSize(1);
            fills(shop, engine);
        }
    }

    private static void builds(JenkinsRule rule, TestEngine engine, String shop) throws Exception {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(rule.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new StringCredentialsImpl(
                                    CredentialsScope.GLOBAL, "word", "", Secret.fromString("opensesame7")));
        }
        WorkflowJob job =
                rule.jenkins.getItemByFullName("retail", Folder.class).createProject(WorkflowJob.class, "mend");
        String where = "inContainer(application: 'shop', environment: 'dev', pod: 'docker:here', container: '" + shop;
        job.setDefinition(new CpsFlowDefinition(
                "node { writeFile file: 'shop.conf', text: 'port 80'\n"
                        + "withCredentials([string(credentialsId: 'word', variable: 'WORD')]) { def r = " + where
                        + "', steps: [uploadFile(from: 'shop.conf', to: '/etc/'), runCommand('cat /etc/shop.conf; echo; echo ' + WORD),"
                        + " packageImage(tag: 'mended', set: 'config', patch: 'out/hand.patch')])\n"
                        + "echo readFile('out/hand.patch')\n"
                        + "echo \"made ${r.image}\" } }",
                true));
        WorkflowRun run = rule.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0));
        rule.assertLogContains("The session is recorded: /shera/tenant/retail", run);
        rule.assertLogNotContains("opensesame7", run);
        rule.assertLogContains("+++ b/etc/shop.conf", run);
        Facts facts = newest();
        assertThat(facts.target().pod()).isEqualTo("docker:here");
        assertThat(facts.images()).hasSize(1);
        assertThat(engine.target("shop").tags()).contains("mended");
        assertThat(cast(facts))
                .contains("Uploaded shop.conf", "$ cat /etc/shop.conf", "port 80\\r\\n", "echo ****", "Packaged as ")
                .doesNotContain("opensesame7");
        Application application = SheraConfiguration.get().application("retail", "shop");
        assertThat(Timelines.get()
                        .of(application)
                        .page(Long.MAX_VALUE, 20, null)
                        .entries()
                        .toString())
                .contains(Recordings.path(facts));
        rule.assertLogContains(Recordings.path(facts), run);

        job.setDefinition(new CpsFlowDefinition(where + "', selector: 'a=b', steps: [runCommand('ls')])", true));
        rule.assertLogContains("chosen by name", rule.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0)));
    }

    /** No command goes on of which nothing is kept any more. */
    private static void fills(String shop, TestEngine engine) throws Exception {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            TerminalConfiguration.get().setRecordingMegabytes(1);
        }
        assertThat(exec(shop, "yes", "0123456789abcdefghijklmnopqrstuvwxyz"))
                .startsWith("255\n")
                .endsWith("\n")
                .contains("unrecorded");
        assertThat(newest().how()).isEqualTo("full");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !engine.docker("top", shop)
                .contains("yes 0123"));
    }
}
