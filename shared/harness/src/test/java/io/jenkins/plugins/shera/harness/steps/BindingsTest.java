package io.jenkins.plugins.shera.harness.steps;

import static io.jenkins.plugins.shera.harness.pipeline.PipelineServer.assertResult;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Result;
import io.jenkins.plugins.shera.harness.pipeline.PipelineServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that a build gets as files: there while the body runs, for its user alone, and gone afterwards. */
class BindingsTest {
    @TempDir
    Path home;

    PipelineServer server;

    @BeforeEach
    void start() throws Exception {
        server = new PipelineServer(home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void add(Credentials credentials) throws Exception {
        new SystemCredentialsProvider.ProviderImpl()
                .getStore(Jenkins.get())
                .addCredentials(Domain.global(), credentials);
    }

    private void nothingOf(String secret) throws Exception {
        try (Stream<Path> files = Files.walk(home.resolve("workspace"))) {
            List<Path> left = files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, secret))
                    .toList();
            assertThat(left).isEmpty();
        }
    }

    private static boolean holds(Path file, String secret) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret);
        } catch (java.io.IOException e) {
            return false;
        }
    }

    @Test
    void aSecretFileIsThereForTheBodyAlone() throws Exception {
        add(new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                "settings",
                null,
                "settings.xml",
                SecretBytes.fromBytes("the-inner-word".getBytes(StandardCharsets.UTF_8))));

        WorkflowRun run = server.run(
                """
                node {
                    withCredentials([file(credentialsId: 'settings', variable: 'SETTINGS')]) {
                        sh 'wc -c < "$SETTINGS"; stat -c %a "$SETTINGS"; cp "$SETTINGS" copy; sha1sum < copy; rm copy'
                        env.KEPT = env.SETTINGS
                    }
                    echo "still there: ${fileExists(env.KEPT)}"
                }
                """);

        assertResult(run, Result.SUCCESS);
        assertThat(run.getLog()).contains("14\n", "400\n", "still there: false");
        nothingOf("the-inner-word");
    }

    @Test
    void aPrivateKeyComesAsAFileWithItsUserAndThePassphraseIsMasked() throws Exception {
        add(new BasicSSHUserPrivateKey(
                CredentialsScope.GLOBAL,
                "deploy-key",
                "git",
                new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource("-----BEGIN KEY-----\nabc\n-----END KEY-----"),
                "open-sesame",
                null));

        WorkflowRun run = server.run(
                """
                node {
                    withCredentials([sshUserPrivateKey(credentialsId: 'deploy-key', keyFileVariable: 'KEY',
                            usernameVariable: 'WHO', passphraseVariable: 'WORD')]) {
                        sh 'head -n 1 "$KEY"; wc -l < "$KEY"; stat -c %a "$KEY"; echo "as $WHO with $WORD"'
                    }
                }
                """);

        assertResult(run, Result.SUCCESS);
        assertThat(run.getLog())
                .contains("-----BEGIN KEY-----", "3\n", "400\n", "as git with ****")
                .doesNotContain("open-sesame");
        nothingOf("BEGIN KEY");
    }
}
