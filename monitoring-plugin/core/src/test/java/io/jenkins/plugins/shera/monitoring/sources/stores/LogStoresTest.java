package io.jenkins.plugins.shera.monitoring.sources.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.monitoring.logs.LineFilter;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import io.jenkins.plugins.shera.monitoring.sources.ContainerLog;
import io.jenkins.plugins.shera.monitoring.sources.LogLine;
import io.jenkins.plugins.shera.monitoring.sources.LogQuery;
import io.jenkins.plugins.shera.monitoring.sources.LogStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogStoresTest {

    private static final long NOON = 1_767_355_200_000_000_000L;
    private static final String POD = "shop-5d4f8c-x2z9k";
    private static final ContainerLog SHOP = new ContainerLog("retail", POD, "shop");

    private StoreDouble store;

    @BeforeEach
    void start() throws IOException {
        store = new StoreDouble();
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private LogStore open(String kind) {
        StoreClient client = new StoreClient(
                store.url(), Map.of("X-Scope-OrgID", "platform", "Authorization", "Bearer s3cret"), null);
        return kind.equals("loki")
                ? new LokiLogs(client, StoreFields.LOKI)
                : new ElasticLogs(client, "filebeat-*", StoreFields.ELASTICSEARCH);
    }

    private static LogQuery query(long since, long until, LineFilter filter) {
        return new LogQuery(new Window(since, until), -1, false, false, filter, false);
    }

    private List<LogLine> read(String kind, LogQuery query) throws IOException {
        List<LogLine> lines = new ArrayList<>();
        try (LogStream stream = open(kind).open(SHOP, query)) {
            for (LogLine line = stream.next(); line != null; line = stream.next()) {
                lines.add(line);
            }
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"loki", "elasticsearch"})
    void everyLineOfTheWindowIsGivenOnceWithBothEndsAndNoneOfOthers(String kind) throws Exception {
        for (int i = 0; i < 7_345; i++) {
            // Some lines share their moment, and some their words, too.
            store.keep("retail", POD, "shop", NOON + i / 7 * 1_000, "line " + i / 2);
        }
        long last = NOON + 7_344 / 7 * 1_000;
        for (ContainerLog other : List.of(
                new ContainerLog("bank", POD, "shop"),
                new ContainerLog("retail", "other-5d4f8c-x2z9k", "shop"),
                new ContainerLog("retail", POD, "sidecar"))) {
            store.keep(other.namespace(), other.pod(), other.container(), NOON + 5_000, "of another");
        }

        List<LogLine> all = read(kind, query(NOON, last, LineFilter.ALL));
        assertThat(all).hasSize(7_345);
        assertThat(all).extracting(LogLine::text).doesNotContain("of another");
        assertThat(all).extracting(LogLine::stamp).isSorted();
        assertThat(all.stream().filter(each -> each.text().equals("line 3000"))).hasSize(2);

        assertThat(read(kind, query(NOON + 1_000, NOON + 2_000, LineFilter.ALL)))
                .hasSize(14);
        assertThat(read(kind, query(NOON + 1, NOON + 999, LineFilter.ALL))).isEmpty();
        assertThat(read(kind, query(NOON, last, LineFilter.of("LINE 3000", false))))
                .hasSize(2);
        assertThat(read(kind, query(NOON, last, LineFilter.of("e 300[01]$", true))))
                .hasSize(4);
        assertThat(store.scrolls()).as("nothing is kept open").isZero();
        assertThat(store.asked()).allMatch(each -> each.contains(" platform Bearer s3cret "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"loki", "elasticsearch"})
    void containersThatAreGoneAreFoundByTheNamesOfTheirPods(String kind) throws Exception {
        store.keep("retail", POD, "shop", NOON, "a");
        store.keep("retail", POD, "sidecar", NOON, "a");
        store.keep("retail", "shop-canary-5d4f8c-bbbbb", "shop", NOON, "a");
        store.keep("retail", "shop-mysql-0", "mysql", NOON, "a");
        store.keep("retail", "shop-admin-5d4f8c-x2z9k", "shop-admin", NOON, "a");
        store.keep("bank", "shop-5d4f8c-ccccc", "shop", NOON, "a");
        store.keep("retail", "shop-5d4f8c-27z9k", "shop", NOON + 10, "a");

        assertThat(open(kind).containers("retail", "shop", new Window(NOON - 5, NOON)))
                .filteredOn(each -> !each.pod().endsWith("27z9k"))
                .containsExactlyInAnyOrder(
                        SHOP,
                        new ContainerLog("retail", POD, "sidecar"),
                        new ContainerLog("retail", "shop-canary-5d4f8c-bbbbb", "shop"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"loki", "elasticsearch"})
    void hostileWordsStayWordsAndLongLinesAreCut(String kind) throws Exception {
        String hostile = "\"} or {namespace=\"bank\"} |= `x` \\ \u4e2d\u6587 \u0007";
        store.keep("retail", POD, "shop", NOON, hostile);
        store.keep("retail", POD, "shop", NOON + 1, "x".repeat(1_500_000));

        List<LogLine> lines = read(kind, query(NOON, NOON + 1, LineFilter.ALL));
        assertThat(lines.get(0).text()).isEqualTo(hostile);
        assertThat(lines.get(1).text().length() + lines.get(1).omitted()).isEqualTo(1_500_000);
        assertThat(read(kind, query(NOON, NOON + 1, LineFilter.of("\"} or {namespace=\"bank\"}", false))))
                .hasSize(1);
        assertThat(store.asked().toString()).doesNotContain("or {namespace=\"bank\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"loki", "elasticsearch"})
    void whatIsNoAnswerOrOnlyAPartOfOneIsAnErrorAndNeverAnEmptyLog(String kind) {
        Map<String, StoreException.Kind> wrong = Map.of(
                "401 {}", StoreException.Kind.STORE_LOGIN,
                "400 max entries limit", StoreException.Kind.STORE_REFUSED,
                "503 {}", StoreException.Kind.STORE_DOWN,
                "200 <html>", StoreException.Kind.STORE_FAILED,
                "200 []", StoreException.Kind.STORE_FAILED,
                "200 {\"status\":\"error\",\"timed_out\":true}", StoreException.Kind.STORE_FAILED,
                "200 {\"status\":\"x\",\"_shards\":{\"failed\":1}}", StoreException.Kind.STORE_FAILED);
        wrong.forEach((said, kindOf) -> {
            store.says(Integer.parseInt(said.substring(0, 3)), said.substring(4));
            assertThatThrownBy(() -> read(kind, query(NOON, NOON + 1, LineFilter.ALL)))
                    .as(said)
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(kindOf));
        });
        store.close();
        assertThatThrownBy(() -> read(kind, query(NOON, NOON + 1, LineFilter.ALL)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.STORE_DOWN));
    }

    @Test
    void aMomentWithMoreLinesThanAPageIsSaidAndNotCut() {
        for (int i = 0; i < 5_001; i++) {
            store.keep("retail", POD, "shop", NOON, "line " + i);
        }
        assertThatThrownBy(() -> read("loki", query(NOON, NOON, LineFilter.ALL)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("at one moment");
    }

    @Test
    void fieldsAreReadAndWhatIsNoneIsRefused() {
        StoreFields read = StoreFields.read("pod=kubernetes.pod_name.keyword message=log", StoreFields.ELASTICSEARCH);
        assertThat(read.pod()).isEqualTo("kubernetes.pod_name.keyword");
        assertThat(read.message()).isEqualTo("log");
        assertThat(read.time()).isEqualTo("@timestamp");
        assertThat(StoreFields.read(" ", StoreFields.LOKI)).isEqualTo(StoreFields.LOKI);
        for (String bad : List.of("pod", "pods=x", "pod=a\"b", "pod=", "message=log")) {
            assertThatThrownBy(() -> StoreFields.read(bad, StoreFields.LOKI))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
