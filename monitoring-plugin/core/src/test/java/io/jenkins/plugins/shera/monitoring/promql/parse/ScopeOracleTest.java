package io.jenkins.plugins.shera.monitoring.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.monitoring.preview.Past;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two tenants' values in one real Prometheus, one tenant's alone in another: what a query gives within the scope of that tenant in the
 * first is just what it gives, as it was written, in the second; and nothing of the other tenant stands in any byte of an answer.
 */
class ScopeOracleTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Matcher SCOPE = Matcher.equal("namespace", "retail");

    @TempDir
    static Path folder;

    private static RealPrometheus both;
    private static RealPrometheus alone;
    private static long now;

    @BeforeAll
    static void start() throws Exception {
        Past all = new Past(Past.now());
        Past own = new Past(Past.now());
        for (Past past : List.of(all, own)) {
            past.with("threads{namespace=\"retail\",pod=\"shop-a\"}", "11")
                    .with("threads{namespace=\"retail\",pod=\"shop-b\"}", "12")
                    .with("limits{namespace=\"retail\",pod=\"shop-a\"}", "100");
        }
        all.with("threads{namespace=\"bank\",pod=\"vault\"}", "4711")
                .with("limits{namespace=\"bank\",pod=\"vault\"}", "4712")
                .with("vault_only{namespace=\"bank\",pod=\"vault\"}", "4713")
                .with("threads{pod=\"vault\"}", "4714")
                .with("threads{namespace=\"\",pod=\"vault-two\"}", "4715");
        now = Past.now().getEpochSecond();
        both = RealPrometheus.backfilled(Files.createDirectory(folder.resolve("both")), all.text());
        alone = RealPrometheus.backfilled(Files.createDirectory(folder.resolve("alone")), own.text());
    }

    @AfterAll
    static void stop() throws Exception {
        for (RealPrometheus each : new RealPrometheus[] {both, alone}) {
            if (each != null) {
                each.close();
            }
        }
    }

    private static String ask(RealPrometheus prometheus, String query) throws Exception {
        String form = "time=" + now + "&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(prometheus.url() + "/api/v1/query"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The answer with its series in one order. */
    private static String result(String answer) throws Exception {
        JsonNode root = JSON.readTree(answer);
        TreeSet<String> series = new TreeSet<>();
        root.at("/data/result").forEach(each -> series.add(each.toString()));
        return root.path("status").asText() + root.at("/data/resultType").asText() + series;
    }

    private static void check(String query) throws Exception {
        String scoped = Query.read(query).within(SCOPE).text();
        String answer = ask(both, scoped);
        assertThat(answer).as(query).doesNotContain("471");
        if (!query.contains("vault")) {
            assertThat(answer).as(query).doesNotContain("vault");
        }
        String expected = ask(alone, query);
        if (query.contains("absent")) {
            // It tells back the labels it was asked for, the scope among them: only what it found can be compared.
            assertThat(JSON.readTree(answer).path("status"))
                    .as(query)
                    .isEqualTo(JSON.readTree(expected).path("status"));
        } else if (expected.contains("\"success\"")) {
            assertThat(result(answer)).as(query + " -> " + scoped).isEqualTo(result(expected));
        } else {
            assertThat(answer).as(query).contains("\"error\"");
        }
    }

    @Test
    void noWayOfWritingItLeadsOutOfTheScope() throws Exception {
        for (String query : List.of(
                "threads",
                "{__name__=~\".+\"}",
                "{__name__!=\"\"}",
                "{namespace!=\"retail\",__name__=~\".+\"}",
                "threads{namespace=\"bank\"}",
                "threads{namespace=~\".*\"}",
                "threads{namespace=~\"bank|retail\"}",
                "threads{namespace!~\"retail\"}",
                "threads{namespace=\"\"}",
                "threads{namespace!=\"\"}",
                "threads{namespace=\"retail\"} or threads{namespace=\"bank\"}",
                "threads or vector(1) or vault_only",
                "sum(threads) + sum(limits)",
                "sum by (namespace, pod) (threads)",
                "count without (pod) (threads)",
                "topk(10, threads)",
                "bottomk by (namespace) (1, threads)",
                "count_values(\"v\", threads)",
                "quantile(0.9, threads)",
                "max_over_time(threads[30m])",
                "max_over_time(sum(threads)[30m:5m])",
                "max_over_time(max_over_time(sum by (pod) (threads)[10m:1m])[30m:5m] @ end())",
                "threads offset 5m",
                "threads offset -1m",
                "threads @ start()",
                "absent(vault_only)",
                "absent(threads{namespace=\"bank\"})",
                "absent_over_time(vault_only[5m])",
                "label_replace(threads, \"pod\", \"$1\", \"namespace\", \"(.*)\")",
                "label_join(threads, \"all\", \"-\", \"namespace\", \"pod\")",
                "threads / on (pod) group_left () limits",
                "limits - on (pod) threads",
                "threads * ignoring (pod) group_left limits",
                "threads > bool 11",
                "threads unless on () vault_only",
                "scalar(vault_only)",
                "sort_desc(threads)",
                "timestamp(threads)",
                "group(threads) by (namespace)",
                "threads # }, vault_only{",
                "threads{pod=\"shop-a\\\"} or vault_only{x=\\\"\"}",
                "threads{pod=`shop-a\"} or vault_only{x=\"`}",
                "threads{pod='shop-a\", namespace=\"bank'}",
                "threads{namespace=\"\\x62ank\"}",
                "threads{pod=\"\\u0073hop-a\"}",
                "(threads)",
                "-threads",
                "threads ^ 2",
                "vector(time())",
                "threads and threads and on (pod) limits",
                "histogram_quantile(0.9, threads)",
                "rate(threads)",
                "sum(threads",
                "threads[5m]")) {
            try {
                check(query);
            } catch (QueryException e) {
                assertThat(query).as("only what is no PromQL is refused").isEqualTo("sum(threads");
            }
        }
    }

    @Test
    void whateverIsMadeOfTheGrammarStaysInTheScope() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            String query = vector(random, 4);
            try {
                check(query);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + query, e);
            }
        }
    }

    private static String vector(Random random, int depth) {
        String[] names = {"threads", "limits", "vault_only", "", "threads"};
        if (depth == 0) {
            String name = names[random.nextInt(names.length)];
            String[] signs = {"=", "!=", "=~", "!~"};
            String[] values = {"retail", "bank", "", ".*", ".+", "bank|retail", "shop-a", "vault"};
            String label = random.nextBoolean() ? "namespace" : "pod";
            String matcher = label + signs[random.nextInt(4)] + "'" + values[random.nextInt(values.length)] + "'";
            String more = name.isEmpty() ? "__name__=~\"threads|limits|vault_only\"," : "";
            return name + (random.nextInt(3) == 0 && !name.isEmpty() ? "" : "{" + more + matcher + "}");
        }
        String inner = vector(random, depth - 1 - random.nextInt(depth));
        return switch (random.nextInt(10)) {
            case 0 -> "sum by (namespace, pod) (" + inner + ")";
            case 1 -> "max(" + inner + ") without (pod)";
            case 2 -> "max_over_time((" + inner + ")[10m:1m])";
            case 3 -> "absent(" + inner + ")";
            case 4 -> "(" + inner + ") or " + vector(random, depth - 1);
            case 5 -> inner + " unless on (pod) " + vector(random, 0);
            case 6 -> "-" + inner + " * 2 ^ 2";
            case 7 -> inner + " > bool 11 and " + vector(random, 0);
            case 8 -> "label_replace(" + inner + ", 'pod', 'x-$1', 'namespace', '(.*)')";
            default -> "quantile by (pod) (0.5, " + inner + ")";
        };
    }
}
