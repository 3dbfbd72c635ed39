package io.jenkins.plugins.shera.monitoring.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertmanagerConfigTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private static AlertmanagerConfig config(RealAlertmanager real) {
        return new AlertmanagerConfig(real.config(), RealAlertmanager.amtool(), real.client());
    }

    private static AlertmanagerConfig.Wanted hook(String tenant, String url, String severity, String token) {
        return new AlertmanagerConfig.Wanted(
                tenant,
                new NoticeBook(
                        0,
                        List.of(new Receiver("ops", "webhook", "", url, token.isEmpty() ? "" : "t")),
                        List.of(new NoticeRoute("ops", "", "", severity, "1h"))),
                NoticePolicy.open(),
                token.isEmpty() ? Map.of() : Map.of("ops", token));
    }

    private static AlertmanagerConfig.Wanted nothing(String tenant) {
        return new AlertmanagerConfig.Wanted(tenant, NoticeBook.empty(), NoticePolicy.open(), Map.of());
    }

    private static String labels(String tenant, String severity) {
        return "{\"alertname\":\"SheraThreads\",\"managed_by\":\"shera\",\"tenant\":\"" + tenant + "\",\"severity\":\""
                + severity + "\",\"metric\":\"of " + severity + "\"}";
    }

    @Test
    void tellsTheTenantsReceiverAloneAndLeavesTheOperatorsPartAsItIs() throws Exception {
        try (RealAlertmanager real = RealAlertmanager.start(folder)) {
            String before = Files.readString(real.config());
            config(real).push(hook("retail", real.hook() + "/retail", "critical", "s3cret"));
            config(real).push(hook("bank", real.hook() + "/bank", "", ""));
            String both = Files.readString(real.config());
            assertThat(both).doesNotContain("s3cret");
            assertThat(config(real).isInForce("retail")).isTrue();

            real.alert(labels("retail", "critical"));
            real.alert("{\"alertname\":\"Db\",\"team\":\"dba\"}");
            real.alert(labels("retail", "warning"));

            await().atMost(PATIENCE)
                    .until(() -> real.told().stream().anyMatch(each -> each.startsWith("/retail Bearer s3cret "))
                            && real.told().stream().anyMatch(each -> each.contains("\"team\":\"dba\""))
                            && real.told().stream()
                                    .anyMatch(each -> each.startsWith("/operator ")
                                            && each.contains("\"severity\":\"warning\"")));
            assertThat(real.told()).noneMatch(each -> each.startsWith("/bank"));
            assertThat(real.told())
                    .filteredOn(each -> each.startsWith("/retail"))
                    .allMatch(each -> each.contains("\"severity\":\"critical\""));

            real.client().test("bank", "ops", "only a test");
            await().atMost(PATIENCE).until(() -> real.told().stream().anyMatch(each -> each.startsWith("/bank")));
            assertThat(real.told())
                    .filteredOn(each -> each.contains("SheraTest"))
                    .allMatch(each -> each.startsWith("/bank") && each.contains("only a test"));

            config(real).push(hook("retail", real.hook() + "/retail", "warning", ""));
            try (Stream<Path> secrets = Files.list(folder.resolve("shera-secrets"))) {
                assertThat(secrets).as("a secret that nothing names is gone").isEmpty();
            }
            config(real).push(nothing("bank"));
            config(real).push(nothing("retail"));
            assertThat(Files.readString(real.config())).isEqualTo(before);
            assertThat(config(real).knows("retail")).isFalse();
        }
    }

    @Test
    void keepsSecretsFromOthers() throws Exception {
        try (RealAlertmanager real = RealAlertmanager.start(folder)) {
            config(real).push(hook("retail", real.hook() + "/retail", "", "s3cret"));
            try (Stream<Path> secrets = Files.list(folder.resolve("shera-secrets"))) {
                assertThat(secrets).singleElement().satisfies(each -> {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                            .isEqualTo("rw-r-----");
                    assertThat(Files.readString(each)).isEqualTo("s3cret");
                });
            }
        }
    }

    @Test
    void whatIsRefusedLeavesEveryByteAsItWas() throws Exception {
        try (RealAlertmanager real = RealAlertmanager.start(folder)) {
            String before = Files.readString(real.config());
            AlertmanagerConfig.Wanted mail = new AlertmanagerConfig.Wanted(
                    "retail",
                    new NoticeBook(0, List.of(new Receiver("ops", "mail", "a@example.com", "", "")), List.of()),
                    NoticePolicy.open(),
                    Map.of());
            assertThatThrownBy(() -> config(real).push(mail))
                    .isInstanceOf(Rollover.RefusedException.class)
                    .hasMessageContaining("amtool refused the receivers and routes of retail")
                    .hasMessageContaining("SMTP smarthost");
            assertThatThrownBy(() -> config(real).check(mail)).isInstanceOf(Rollover.RefusedException.class);
            assertThat(Files.readString(real.config())).isEqualTo(before);

            real.close();
            assertThatThrownBy(() -> config(real).push(hook("retail", real.hook(), "", "")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("does not answer");
            assertThat(Files.readString(real.config())).isEqualTo(before);
        }
    }

    @Test
    void anAddressThatSomebodyChangedIsSeen() throws Exception {
        try (RealAlertmanager real = RealAlertmanager.start(folder)) {
            String odd = real.hook() + "/ü?a=b%20c#d";
            config(real).push(hook("retail", odd, "", ""));
            assertThat(config(real).isInForce("retail")).isTrue();

            Files.writeString(real.config(), Files.readString(real.config()).replace("a=b%20c", "a=other"));
            assertThat(config(real).isInForce("retail")).isFalse();
            String hidden = "receivers:\n- name: shera/retail/ops\n  webhook_configs:\n  - url: <secret>\n";
            assertThat(ConfigShape.agree(hidden.replace("<secret>", odd), hidden, "retail"))
                    .isTrue();
        }
    }

    @Test
    void heartbeatsGoToJenkinsAndToAWatcherOutsideAgainAndAgain() throws Exception {
        try (RealAlertmanager real = RealAlertmanager.start(folder)) {
            Heartbeat beat = new Heartbeat(real.hook() + "/beat", real.hook() + "/outside", Duration.ofSeconds(2));
            config(real).push(beat, "t0ken");
            config(real).push(hook("retail", real.hook() + "/retail", "", ""));
            config(real).push(beat, "t0ken");
            real.alert("{\"alertname\":\"SheraWatchdog\",\"managed_by\":\"shera\",\"watchdog\":\"main\"}");

            await().atMost(PATIENCE)
                    .until(() -> real.told().stream()
                                            .filter(each -> each.startsWith("/beat Bearer t0ken "))
                                            .count()
                                    >= 3
                            && real.told().stream().anyMatch(each -> each.startsWith("/outside null ")));
            assertThat(real.told()).noneMatch(each -> each.startsWith("/operator") || each.startsWith("/retail"));
            assertThat(Files.readString(real.config())).doesNotContain("t0ken");
        }
    }

    @Test
    void silencesAreTheTenantsOwn() throws Exception {
        try (RealAlertmanager real = RealAlertmanager.start(folder)) {
            AlertmanagerClient client = real.client();
            Silence threads = Silence.of(
                    "retail", Map.of("application", "shop", "pod", ""), Duration.ofHours(1), "ops", "release");
            String id = client.create(threads);
            client.create(Silence.of("bank", Map.of(), Duration.ofHours(1), "b", "x"));

            assertThat(client.silences("retail")).singleElement().satisfies(silence -> {
                assertThat(silence.state()).isEqualTo("active");
                assertThat(silence.comment()).isEqualTo("release");
                assertThat(silence.matchers())
                        .extracting(Silence.Matcher::name)
                        .containsExactlyInAnyOrder("application", "tenant", "managed_by");
            });
            assertThat(client.expire("bank", id)).as("of another tenant").isFalse();
            assertThat(client.expire("retail", "../silences")).isFalse();
            assertThat(client.silences("retail").get(0).state()).isEqualTo("active");
            assertThat(client.expire("retail", id)).isTrue();
            assertThat(client.silences("retail").get(0).state()).isEqualTo("expired");
        }
    }
}
