package io.jenkins.plugins.shera.monitoring.sources.stores;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.monitoring.logs.LineFilter;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import io.jenkins.plugins.shera.monitoring.sources.ContainerLog;
import io.jenkins.plugins.shera.monitoring.sources.LogQuery;
import io.jenkins.plugins.shera.monitoring.sources.LogStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Loki, by {@code query_range} and {@code series}; what is asked is written from matchers alone, through one quoting function. */
public final class LokiLogs implements LogStore {

    private static final int PAGE = 5_000;
    /** A clock that is ahead of ours. */
    private static final long AHEAD = 3_600_000_000_000L;
    /** Loki itself refuses more than 30 days and an hour unless it is told otherwise. */
    private static final long OPEN = 30 * 24 * AHEAD;

    private final StoreClient client;
    private final StoreFields labels;

    /** Nothing is asked yet. */
    public LokiLogs(StoreClient client, StoreFields labels) {
        this.client = client;
        this.labels = labels;
    }

    @Override
    public String name() {
        return "loki";
    }

    @Override
    public String version() throws IOException {
        return client.get("/loki/api/v1/status/buildinfo").path("version").asText("?");
    }

    /** A line with the stream it stands in: the same words may stand in two. */
    private record Found(long stamp, String stream, String text) {}

    private record Times(long start, long end) {
        static Times of(Window window) {
            long until = Math.min(window.until(), System.currentTimeMillis() * 1_000_000L + AHEAD);
            boolean open = window.since() == Long.MIN_VALUE + 1;
            // The end is not included.
            return new Times(Math.max(0, open ? until - OPEN : window.since()), until + 1);
        }

        String text() {
            return "&start=" + start + "&end=" + end;
        }
    }

    @Override
    public List<ContainerLog> containers(String namespace, String application, Window window) throws IOException {
        String selector = new Expr.Selector(
                        "",
                        List.of(
                                Matcher.equal(labels.namespace(), namespace),
                                Matcher.regex(labels.pod(), LogStore.podsOf(application))))
                .text();
        JsonNode root = client.get("/loki/api/v1/series?match[]=".replace("[]", "%5B%5D")
                + encoded(selector)
                + Times.of(window).text());
        Set<ContainerLog> all = new LinkedHashSet<>();
        for (JsonNode each : data(root)) {
            String pod = each.path(labels.pod()).asText();
            String container = each.path(labels.container()).asText();
            boolean own = each.path(labels.namespace()).asText().equals(namespace);
            if (own && pod.matches(LogStore.podsOf(application)) && !container.isEmpty()) {
                all.add(new ContainerLog(namespace, pod, container));
            }
        }
        return all.stream().limit(MOST_CONTAINERS).toList();
    }

    @Override
    public LogStream open(ContainerLog log, LogQuery query) throws IOException {
        String selector = new Expr.Selector(
                        "",
                        List.of(
                                Matcher.equal(labels.namespace(), log.namespace()),
                                Matcher.equal(labels.pod(), log.pod()),
                                Matcher.equal(labels.container(), log.container())))
                .text();
        Range range = new Range(selector + filter(query.filter()), Times.of(query.window()));
        range.ahead = range.next();
        return new PagedLines(log, query, range);
    }

    /** Loki looks for a plain text by itself, so that less has to travel; expressions are looked for here. */
    private static String filter(LineFilter filter) {
        return filter.isAll() || filter.isExpression()
                ? ""
                : " |~ " + Matcher.quoted("(?i)" + Matcher.literal(filter.wanted()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode data(JsonNode root) throws StoreException {
        if (!root.path("status").asText().equals("success")) {
            throw new StoreException(StoreException.Kind.STORE_FAILED, "Loki answered without success", null);
        }
        return root.path("data");
    }

    /** Forward from the beginning; each page begins at the last moment of the one before, whose lines are not given twice. */
    private final class Range implements PagedLines.Pages {
        private final String query;
        private final long end;
        private long start;
        private Map<Found, Integer> given = Map.of();
        private List<PagedLines.Entry> ahead;
        private boolean ended;

        Range(String query, Times times) {
            this.query = query;
            this.start = times.start();
            this.end = times.end();
        }

        @Override
        public List<PagedLines.Entry> next() throws IOException {
            if (ahead != null) {
                List<PagedLines.Entry> first = ahead;
                ahead = null;
                return first;
            }
            if (ended || start >= end) {
                return null;
            }
            List<Found> found = ask();
            ended = found.size() < PAGE;
            List<PagedLines.Entry> page = new ArrayList<>();
            Map<Found, Integer> before = new HashMap<>(given);
            for (Found each : found) {
                if (before.merge(each, -1, Integer::sum) < 0) {
                    page.add(new PagedLines.Entry(each.stamp(), each.text()));
                }
            }
            if (!ended) {
                advance(found);
            }
            return page;
        }

        private void advance(List<Found> found) throws StoreException {
            long last = found.get(found.size() - 1).stamp();
            if (last <= start && found.get(0).stamp() == last) {
                throw new StoreException(
                        StoreException.Kind.STORE_FAILED,
                        "Loki has more than " + PAGE + " lines of one container at one moment, and gives no others",
                        null);
            }
            given = new HashMap<>();
            found.stream().filter(each -> each.stamp() == last).forEach(each -> given.merge(each, 1, Integer::sum));
            start = last;
        }

        private List<Found> ask() throws IOException {
            JsonNode data = data(client.get("/loki/api/v1/query_range?query=" + encoded(query) + "&limit=" + PAGE
                    + "&direction=forward" + new Times(start, end).text()));
            if (!data.path("resultType").asText().equals("streams")) {
                throw new StoreException(StoreException.Kind.STORE_FAILED, "Loki answered with no lines", null);
            }
            List<Found> found = new ArrayList<>();
            for (JsonNode stream : data.path("result")) {
                String labelled = stream.path("stream").toString();
                for (JsonNode value : stream.path("values")) {
                    found.add(new Found(
                            stamp(value.path(0).asText()),
                            labelled,
                            value.path(1).asText()));
                }
            }
            found.sort(Comparator.comparingLong(Found::stamp));
            return found;
        }

        @Override
        public void close() {
            ended = true;
        }
    }

    private static long stamp(String text) throws StoreException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new StoreException(StoreException.Kind.STORE_FAILED, "Loki gave a line without time", e);
        }
    }
}
