package io.jenkins.plugins.shera.platform.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.cli.CLICommand;
import hudson.util.Secret;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.health.HealthBoard;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class SupportBundleTest {
    private static final String PASSWORD = "Tr0ub4dor-and-3";
    private static final String TOKEN = "plain-words-of-a-token";

    private static Map<String, String> unzip(byte[] zip) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void tellsAnAdministratorHowThingsAreAndNoSecret(JenkinsRule r) throws Exception {
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));
        CredentialsStore store =
                CredentialsProvider.lookupStores(r.jenkins).iterator().next();
        store.addCredentials(
                Domain.global(),
                new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "house-login", "", "bot", PASSWORD));
        store.addCredentials(
                Domain.global(),
                new StringCredentialsImpl(CredentialsScope.GLOBAL, "hook", "", Secret.fromString(TOKEN)));
        ContainerRegistry house = new ContainerRegistry("house", "127.0.0.1:1");
        house.setCredentialsId("house-login");
        SheraConfiguration.get().setRegistries(List.of(house));
        HealthBoard.get().ask();
        Logger.getLogger("io.jenkins.plugins.shera.sample")
                .log(Level.WARNING, "the hook answered: no such token " + TOKEN, new IOException("for " + PASSWORD));

        Visitor root = new Visitor(r, "root");
        assertThat(new Visitor(r, "reader").get("shera/platform/support").statusCode())
                .isEqualTo(403);
        var answer = root.bytes("shera/platform/support");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .isEqualTo("attachment; filename=\"shera-support.zip\"");
        Map<String, String> files = unzip(answer.body());

        assertThat(files)
                .containsOnlyKeys(List.of(
                                "README.txt",
                                "about.json",
                                "platform.json",
                                "tenants.json",
                                "metrics.txt",
                                "audit.jsonl",
                                "log.txt",
                                "threads.txt")
                        .stream()
                        .map("shera-support/"::concat)
                        .toArray(String[]::new));
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(files.get("shera-support/about.json"))
                        .path("jenkins")
                        .asText())
                .isEqualTo(Jenkins.VERSION);
        assertThat(json.readTree(files.get("shera-support/platform.json"))
                        .at("/registries/0/credentialsId")
                        .asText())
                .isEqualTo("house-login");
        assertThat(files.get("shera-support/platform.json")).contains("127.0.0.1:1");
        assertThat(files.get("shera-support/audit.jsonl")).contains("\"support.bundle\"", "\"root\"");
        assertThat(files.get("shera-support/log.txt")).contains("the hook answered: no such token (removed)");
        assertThat(files.get("shera-support/metrics.txt")).contains("shera_connection_up{");
        assertThat(files.values()).allSatisfy(text -> assertThat(text).doesNotContain(PASSWORD, TOKEN));
    }

    @Test
    void comesByTheCommandLineToo(JenkinsRule r) throws Exception {
        CLICommand command = CLICommand.clone("shera-support-bundle");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = command.main(
                List.of(),
                Locale.ENGLISH,
                InputStream.nullInputStream(),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        assertThat(code).isZero();
        assertThat(unzip(out.toByteArray()))
                .containsKey("shera-support/about.json")
                .hasSize(8);
    }
}
