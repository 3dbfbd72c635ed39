package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Result;
import io.jenkins.plugins.shera.build.config.GitConfiguration;
import io.jenkins.plugins.shera.build.process.LocalPrograms;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A build whose source is behind OpenSSH's own server: its key opens it, and the server has to be known. */
@WithJenkins
class GitOverSshTest {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    @TempDir
    Path folder;

    private DockerRegistry registry;
    private Process sshd;
    private int port;
    private String user;

    @BeforeEach
    void start() throws Exception {
        for (String program : List.of("git", "ssh", "ssh-keygen")) {
            DockerRegistry.requireProgram(program);
        }
        boolean there = Files.isExecutable(SSHD);
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there).as("sshd is installed").isTrue();
        }
        Assumptions.assumeTrue(there, "sshd is not installed");
        user = run("id", "-un").strip();
        registry = DockerRegistry.open(Files.createDirectories(folder.resolve("registry")));
        repository();
        server();
    }

    @AfterEach
    void stop() {
        if (sshd != null) {
            sshd.descendants().forEach(ProcessHandle::destroyForcibly);
            sshd.destroyForcibly().onExit().join();
        }
        if (registry != null) {
            registry.close();
        }
    }

    private String run(String... command) throws Exception {
        var outcome = new LocalPrograms(folder).run(List.of(command), Map.of(), false);
        assertThat(outcome.isGood()).as(outcome.output()).isTrue();
        return outcome.output();
    }

    private void repository() throws Exception {
        Path origin = Files.createDirectories(folder.resolve("shop.git"));
        Files.writeString(origin.resolve("Dockerfile"), "FROM scratch\nCOPY word /word\n");
        Files.writeString(origin.resolve("word"), "word");
        String there = origin.toString();
        run("git", "-C", there, "init", "--quiet", "--initial-branch=main", ".");
        run("git", "-C", there, "add", ".");
        run("git", "-C", there, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "x");
    }

    private void server() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                folder.resolve("host").toString());
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "open sesame",
                "-f",
                folder.resolve("key").toString());
        Path allowed = Files.copy(folder.resolve("key.pub"), folder.resolve("allowed"));
        Files.setPosixFilePermissions(allowed, PosixFilePermissions.fromString("rw-------"));
        Path config = Files.writeString(
                folder.resolve("sshd_config"),
                """
                ListenAddress 127.0.0.1
                Port %d
                HostKey %s
                AuthorizedKeysFile %s
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PermitRootLogin prohibit-password
                StrictModes no
                UsePAM no
                PidFile none
                """
                        .formatted(port, folder.resolve("host"), allowed));
        if (user.equals("root")) {
            // The folder into which sshd of Debian locks its unprivileged half; a service file makes it otherwise.
            Files.createDirectories(Path.of("/run/sshd"));
        }
        sshd = new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return true;
                });
    }

    private WorkflowJob job(JenkinsRule jenkins) throws Exception {
        new SystemCredentialsProvider.ProviderImpl()
                .getStore(Jenkins.get())
                .addCredentials(
                        Domain.global(),
                        new BasicSSHUserPrivateKey(
                                CredentialsScope.GLOBAL,
                                "shop-key",
                                user,
                                new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource(
                                        Files.readString(folder.resolve("key"))),
                                "open sesame",
                                null));
        Tenant tenant = new Tenant("shop");
        tenant.setFolder("shop");
        tenant.setRegistries(List.of("house"));
        SheraConfiguration.get().setRegistries(List.of(new ContainerRegistry("house", registry.host())));
        SheraConfiguration.get().setTenants(List.of(tenant));
        WorkflowJob job = jenkins.createProject(Folder.class, "shop").createProject(WorkflowJob.class, "build");
        job.setDefinition(new CpsFlowDefinition(
                "node {\ndef built = buildImage(git: 'ssh://" + user + "@127.0.0.1:" + port
                        + folder.resolve("shop.git") + "', credentialsId: 'shop-key', image: 'shop/cart', tags: '1')"
                        + "\necho \"built ${built.commit}\"\n}",
                true));
        return job;
    }

    @Test
    void takesTheSourceWithItsKeyFromAServerThatIsKnown(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = job(jenkins);

        WorkflowRun unknown = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("the server's SSH host key is not known, or is another one", unknown);

        String host = Files.readString(folder.resolve("host.pub")).strip();
        GitConfiguration.get().setKnownHosts("# the shop's\r\n[127.0.0.1]:" + port + " " + host + "\r\n");
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        String commit = run("git", "-C", folder.resolve("shop.git").toString(), "rev-parse", "HEAD")
                .strip();
        jenkins.assertLogContains("built " + commit, run);
        jenkins.assertLogNotContains("open sesame", run);

        String other = Files.readString(folder.resolve("key.pub")).strip();
        GitConfiguration.get().setKnownHosts("[127.0.0.1]:" + port + " " + other);
        WorkflowRun changed = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("the server's SSH host key is not known, or is another one", changed);
    }

    @Test
    void hostKeysAreCheckedBeforeTheyAreKept(JenkinsRule jenkins) throws Exception {
        GitConfiguration configuration = GitConfiguration.get();
        String good = "git.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ";
        configuration.setKnownHosts(good);

        assertThatThrownBy(() -> configuration.setKnownHosts(good + "\n-oProxyCommand=id"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("line 2");
        assertThat(configuration.getKnownHosts()).isEqualTo(good + "\n");
        jenkins.configRoundtrip();
        assertThat(configuration.getKnownHosts()).isEqualTo(good + "\n");
        assertThat(new GitConfiguration().getKnownHosts()).isEqualTo(good + "\n");
    }
}
