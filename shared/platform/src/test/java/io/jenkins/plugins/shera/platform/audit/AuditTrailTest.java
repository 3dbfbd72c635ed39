package io.jenkins.plugins.shera.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private AuditTrail trail;

    @BeforeEach
    void open() {
        trail = new AuditTrail(folder);
    }

    @Test
    void findsByWhoWhatTenantOutcomeTextAndTime() throws IOException {
        write("ada", "tenant.update", "payments", NOON, AuditEntry.Outcome.DONE);
        write("bob", "tenant.remove", "payments", NOON.plusSeconds(60), AuditEntry.Outcome.REFUSED);
        write("ada", "cluster.test", "", NOON.plusSeconds(120), AuditEntry.Outcome.FAILED);

        assertThat(subjects(query("", "ada", "", "", "", null, null))).isEqualTo(2);
        assertThat(subjects(query("", "", "payments", "", "", null, null))).isEqualTo(2);
        assertThat(subjects(query("", "", "", "tenant.", "", null, null))).isEqualTo(2);
        assertThat(subjects(query("", "", "", "", "refused", null, null))).isEqualTo(1);
        assertThat(subjects(query("CLUSTER", "", "", "", "", null, null))).isEqualTo(1);
        assertThat(subjects(query("", "", "", "", "", NOON, NOON.plusSeconds(60))))
                .as("both ends count")
                .isEqualTo(2);
    }

    @Test
    void writesOneLineForEachChange() throws IOException {
        write("ada", "tenant.update", "payments", NOON, AuditEntry.Outcome.DONE);
        write("bob\nmallory", "tenant.update", "payments", NOON, AuditEntry.Outcome.DONE);

        assertThat(Files.readAllLines(folder.resolve("audit.jsonl")))
                .hasSize(2)
                .first()
                .isEqualTo(
                        "{\"at\":\"2026-03-01T12:00:00Z\",\"who\":\"ada\",\"from\":\"127.0.0.1\",\"what\":\"tenant.update\","
                                + "\"subject\":\"s\",\"tenant\":\"payments\",\"before\":null,\"after\":\"{}\",\"outcome\":\"done\","
                                + "\"why\":\"\",\"id\":1}");
    }

    @Test
    void neverWritesSecrets() throws IOException {
        String after =
                "{\"credentialsId\":\"shown\",\"password\":\"canary1\",\"values\":[{\"name\":\"API_TOKEN\",\"value\":\"canary2\"}],"
                        + "\"nested\":{\"apiKey\":{\"x\":\"canary3\"}},\"url\":\"https://user:canary4@host/\","
                        + "\"pem\":\"-----BEGIN RSA PRIVATE KEY-----\\ncanary5\\n-----END RSA PRIVATE KEY-----\","
                        + "\"header\":\"Bearer canary6canary6\"}";
        trail.append(new AuditEntry(
                0,
                NOON,
                "ada",
                "",
                "x",
                "s",
                "",
                "canary7 https://u:canary8@h is no JSON {",
                after,
                AuditEntry.Outcome.FAILED,
                "sent Authorization: Basic Y2FuYXJ5OQ=="));

        String file = Files.readString(folder.resolve("audit.jsonl"));
        assertThat(file)
                .contains("shown")
                .doesNotContain(
                        "canary1", "canary2", "canary3", "canary4", "canary5", "canary6", "canary8", "Y2FuYXJ5");
    }

    private void write(String who, String what, String tenant, Instant at, AuditEntry.Outcome outcome)
            throws IOException {
        trail.append(new AuditEntry(0, at, who, "127.0.0.1", what, "s", tenant, null, "{}", outcome, ""));
    }

    private int subjects(AuditQuery query) throws IOException {
        return trail.search(query).entries().size();
    }

    private static AuditQuery query(
            String text, String who, String tenant, String what, String outcome, Instant since, Instant until) {
        return new AuditQuery(text, who, tenant, what, outcome, since, until, Long.MAX_VALUE, 50);
    }
}
