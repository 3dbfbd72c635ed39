package io.jenkins.plugins.shera.monitoring.alertmanager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoticeTest {

    @TempDir
    Path folder;

    private static Notice notice(String fingerprint, String status, String from, String summary) {
        return new Notice(
                fingerprint,
                status,
                Map.of("tenant", "pay", "application", "shop", "environment", "prod", "severity", "critical"),
                summary,
                Instant.parse(from));
    }

    @Test
    void readsWhatIsAnAlertAndLeavesTheRestOut() throws Exception {
        String body =
                "{\"alerts\":[{\"status\":\"firing\",\"fingerprint\":\"ab12\",\"labels\":{\"tenant\":\"pay\",\"x\":\"a\\nb\"},"
                        + "\"annotations\":{\"summary\":\"" + "s".repeat(2000)
                        + "\"},\"startsAt\":\"2026-01-02T03:04:05.678+08:00\"},"
                        + "{\"status\":\"burning\",\"fingerprint\":\"ab12\"}, {\"status\":\"firing\",\"fingerprint\":\"../x\"}, 7, null]}";

        assertThat(Notice.read(body.getBytes(UTF_8))).singleElement().satisfies(notice -> {
            assertThat(notice.from()).isEqualTo("2026-01-01T19:04:05.678Z");
            assertThat(notice.label("x")).isEqualTo("a b");
            assertThat(notice.summary()).hasSize(501);
        });
        assertThat(Notice.read("[]".getBytes(UTF_8))).isEmpty();
        assertThat(Notice.read("".getBytes(UTF_8))).isEmpty();
        assertThatThrownBy(() -> Notice.read("{".getBytes(UTF_8))).isInstanceOf(IOException.class);
    }

    @Test
    void aRunbookGoesIntoTheWordsOfAChatUnlessNobodyMayBeSentThere() throws Exception {
        String body =
                "{\"alerts\":[{\"status\":\"firing\",\"fingerprint\":\"ab\",\"startsAt\":\"2026-01-02T03:04:05Z\","
                        + "\"labels\":{\"alertname\":\"X\"},\"annotations\":{\"runbook_url\":\"%s\"}}]}";
        Notice good = Notice.read(body.formatted("https://wiki.example.com/x").getBytes(UTF_8))
                .get(0);
        Notice bad = Notice.read(body.formatted("javascript:alert(1)").getBytes(UTF_8))
                .get(0);

        assertThat(ChatMessage.of("lark", java.util.List.of(good)).toString()).contains("X https://wiki.example.com/x");
        assertThat(ChatMessage.of("lark", java.util.List.of(bad)).toString()).doesNotContain("javascript");
    }

    @Test
    void aRepetitionIsNoNewsNorIsTheEndOfWhatNobodyHeardOf() throws Exception {
        Path file = folder.resolve("a/pay.json");
        SeenNotices seen = new SeenNotices(file);
        Notice begins = notice("ab", "firing", "2026-01-01T00:00:00Z", "");
        Notice ends = notice("ab", "resolved", "2026-01-01T00:00:00Z", "");
        assertThat(seen.isNews(ends)).isFalse();
        assertThat(seen.isNews(begins)).isTrue();
        seen.remember(begins);

        SeenNotices again = new SeenNotices(file);
        assertThat(again.isNews(begins)).isFalse();
        assertThat(again.isNews(ends)).isTrue();
        again.remember(ends);
        assertThat(again.isNews(ends)).isFalse();
        assertThat(again.isNews(notice("ab", "firing", "2026-01-02T00:00:00Z", "")))
                .isTrue();
        assertThat(again.isNews(notice("cd", "firing", "2026-01-01T00:00:00Z", "")))
                .isTrue();
    }

    @Test
    void speaksTheWordsOfEachRobotAndKeepsWithinTheirLimit() {
        List<Notice> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(notice("ab", i == 0 ? "resolved" : "firing", "2026-01-01T00:00:00Z", "\u7ebf\u7a0b \"400\""));
        }
        String wecom = ChatMessage.of("wecom", many).at("/text/content").asText();
        assertThat(wecom)
                .startsWith("[RESOLVED] critical pay/shop/prod: \u7ebf\u7a0b \"400\"\n[FIRING]")
                .contains("(+");
        assertThat(wecom.getBytes(UTF_8)).hasSizeLessThan(2048);
        assertThat(ChatMessage.of("dingtalk", many).path("msgtype").asText()).isEqualTo("text");
        assertThat(ChatMessage.of("lark", many).at("/content/text").asText()).isEqualTo(wecom);
        ObjectMapper json = new ObjectMapper();
        assertThat(ChatMessage.isAccepted(json.createObjectNode().put("errcode", 0)))
                .isTrue();
        assertThat(ChatMessage.isAccepted(json.createObjectNode().put("errcode", 93000)))
                .isFalse();
        assertThat(ChatMessage.isAccepted(json.createObjectNode().put("code", 19001)))
                .isFalse();
    }
}
