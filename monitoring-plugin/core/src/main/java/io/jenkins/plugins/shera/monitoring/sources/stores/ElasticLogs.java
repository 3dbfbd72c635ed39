package io.jenkins.plugins.shera.monitoring.sources.stores;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.logs.Stamps;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import io.jenkins.plugins.shera.monitoring.sources.ContainerLog;
import io.jenkins.plugins.shera.monitoring.sources.LogQuery;
import io.jenkins.plugins.shera.monitoring.sources.LogStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Elasticsearch or OpenSearch, by {@code _search} with a scroll, which both have: one snapshot that is read to its end, so that no line
 * is given twice or passed over. What is asked is a tree of JSON; nothing that somebody typed is in it.
 */
public final class ElasticLogs implements LogStore {

    private static final Logger LOG = Logger.getLogger(ElasticLogs.class.getName());
    private static final int PAGE = 2_000;
    private static final int CONTAINERS = 50;
    private static final String KEEP = "1m";
    private static final long MILLI = 1_000_000L;

    private final StoreClient client;
    private final String index;
    private final StoreFields fields;

    /** {@code index} is a name or pattern of indices, such as {@code filebeat-*}. */
    public ElasticLogs(StoreClient client, String index, StoreFields fields) {
        this.client = client;
        this.index = index;
        this.fields = fields;
    }

    @Override
    public String name() {
        return "elasticsearch";
    }

    @Override
    public String version() throws IOException {
        return client.get("/").path("version").path("number").asText("?");
    }

    private static ObjectNode term(String field, String value) {
        ObjectNode term = JsonNodeFactory.instance.objectNode();
        term.putObject("term").put(field, value);
        return term;
    }

    /** Stores of millisecond times cut the rest off, so that both ends are asked for in whole milliseconds around the window. */
    private ObjectNode range(Window window) {
        ObjectNode range = JsonNodeFactory.instance.objectNode();
        ObjectNode of = range.putObject("range").putObject(fields.time());
        of.put("format", "epoch_millis");
        if (window.since() != Long.MIN_VALUE + 1) {
            of.put("gte", Math.floorDiv(window.since(), MILLI));
        }
        if (window.until() != Long.MAX_VALUE) {
            of.put("lte", Math.floorDiv(window.until(), MILLI) + 1);
        }
        return range;
    }

    private static void filter(ObjectNode body, ObjectNode... filters) {
        ArrayNode all = body.putObject("query").putObject("bool").putArray("filter");
        for (ObjectNode each : filters) {
            all.add(each);
        }
    }

    private String search(String more) {
        return "/" + index + "/_search?ignore_unavailable=true&allow_no_indices=true" + more;
    }

    /** An answer of which nothing is missing. */
    private static JsonNode whole(JsonNode answer) throws StoreException {
        if (answer.path("timed_out").asBoolean()
                || answer.path("_shards").path("failed").asInt() > 0) {
            throw new StoreException(
                    StoreException.Kind.STORE_FAILED, "not all shards answered, so that lines would be missing", null);
        }
        return answer;
    }

    @Override
    public List<ContainerLog> containers(String namespace, String application, Window window) throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("size", 0);
        ObjectNode prefix = JsonNodeFactory.instance.objectNode();
        prefix.putObject("prefix").put(fields.pod(), application + "-");
        filter(body, term(fields.namespace(), namespace), prefix, range(window));
        ObjectNode pods = body.putObject("aggs").putObject("pods");
        pods.putObject("terms").put("field", fields.pod()).put("size", MOST_CONTAINERS);
        pods.putObject("aggs")
                .putObject("containers")
                .putObject("terms")
                .put("field", fields.container())
                .put("size", CONTAINERS);
        JsonNode answer = whole(client.send("POST", search(""), body.toString()));
        List<ContainerLog> all = new ArrayList<>();
        for (JsonNode pod : answer.at("/aggregations/pods/buckets")) {
            String name = pod.path("key").asText();
            if (name.matches(LogStore.podsOf(application))) {
                for (JsonNode container : pod.at("/containers/buckets")) {
                    all.add(new ContainerLog(
                            namespace, name, container.path("key").asText()));
                }
            }
        }
        return all.stream().limit(MOST_CONTAINERS).toList();
    }

    @Override
    public LogStream open(ContainerLog log, LogQuery query) throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("size", PAGE);
        body.putArray("sort").addObject().put(fields.time(), "asc");
        body.putArray("_source").add(fields.time()).add(fields.message());
        filter(
                body,
                term(fields.namespace(), log.namespace()),
                term(fields.pod(), log.pod()),
                term(fields.container(), log.container()),
                range(query.window()));
        JsonNode first = client.send("POST", search("&scroll=" + KEEP), body.toString());
        Scroll scroll = new Scroll(first.path("_scroll_id").asText());
        try {
            scroll.ahead = scroll.read(first);
        } catch (IOException e) {
            scroll.close();
            throw e;
        }
        return new PagedLines(log, query, scroll);
    }

    private final class Scroll implements PagedLines.Pages {
        private final String id;
        private List<PagedLines.Entry> ahead;
        private boolean ended;

        Scroll(String id) {
            this.id = id;
        }

        @Override
        public List<PagedLines.Entry> next() throws IOException {
            List<PagedLines.Entry> page = ahead;
            ahead = null;
            if (page == null && !ended) {
                ObjectNode body = JsonNodeFactory.instance
                        .objectNode()
                        .put("scroll", KEEP)
                        .put("scroll_id", id);
                page = read(client.send("POST", "/_search/scroll", body.toString()));
            }
            return page == null || page.isEmpty() ? null : page;
        }

        private List<PagedLines.Entry> read(JsonNode answer) throws IOException {
            List<PagedLines.Entry> page = new ArrayList<>();
            for (JsonNode hit : whole(answer).at("/hits/hits")) {
                JsonNode source = hit.path("_source");
                page.add(new PagedLines.Entry(
                        stamp(value(source, fields.time())),
                        value(source, fields.message()).asText()));
            }
            ended = page.size() < PAGE;
            // Within a millisecond the store does not know what came first.
            page.sort(Comparator.comparingLong(PagedLines.Entry::stamp));
            return page;
        }

        @Override
        public void close() {
            if (id.isEmpty()) {
                return;
            }
            try {
                ObjectNode body = JsonNodeFactory.instance.objectNode().put("scroll_id", id);
                client.send("DELETE", "/_search/scroll", body.toString());
            } catch (IOException e) {
                // It lets go of it after a minute by itself.
                LOG.log(Level.FINE, "A scroll was not ended", e);
            }
        }
    }

    /** A field, which stands in a document as {@code a.b} or as {@code b} within {@code a}. */
    private static JsonNode value(JsonNode source, String field) {
        if (source.has(field)) {
            return source.path(field);
        }
        for (int dot = field.indexOf('.'); dot > 0; dot = field.indexOf('.', dot + 1)) {
            JsonNode within = source.path(field.substring(0, dot));
            if (within.isObject()) {
                JsonNode found = value(within, field.substring(dot + 1));
                if (!found.isMissingNode()) {
                    return found;
                }
            }
        }
        return source.path(field);
    }

    private static long stamp(JsonNode time) throws StoreException {
        if (time.isIntegralNumber()) {
            return time.asLong() * MILLI;
        }
        byte[] text = time.asText().getBytes(StandardCharsets.US_ASCII);
        long stamp = Stamps.parse(text, 0, text.length);
        if (stamp == Stamps.NONE) {
            throw new StoreException(
                    StoreException.Kind.STORE_FAILED, "a document has no time that can be read: " + time, null);
        }
        return stamp;
    }
}
