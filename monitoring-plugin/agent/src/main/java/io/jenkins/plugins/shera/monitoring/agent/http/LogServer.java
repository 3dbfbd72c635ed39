package io.jenkins.plugins.shera.monitoring.agent.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.monitoring.agent.Settings;
import io.jenkins.plugins.shera.monitoring.agent.access.AccessReview;
import io.jenkins.plugins.shera.monitoring.agent.files.LogFolders;
import io.jenkins.plugins.shera.monitoring.logs.FilteredLines;
import io.jenkins.plugins.shera.monitoring.logs.Found;
import io.jenkins.plugins.shera.monitoring.logs.LineSink;
import io.jenkins.plugins.shera.monitoring.logs.LogSearch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Answers {@code GET /v1/logs} with lines {@code TIME text} and, as the last one, {@code #end} with what was found; {@code GET
 * /v1/time} with the node's clock; {@code GET /healthz}. A slow reader makes its search wait; there are so many at once, and so many of one
 * user, and no more.
 */
public final class LogServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LogServer.class.getName());
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int BUFFER = 64 * 1024;
    private static final int SPARE_THREADS = 16;
    /** Counts up when a client may ask for something new; 2 came with {@code grep}. */
    private static final String SPEAKS = "2";

    private final HttpServer server;
    private final ExecutorService pool;
    private final LogFolders folders;
    private final LogSearch search;
    private final AccessReview review;
    private final Readers readers;

    private LogServer(Settings settings, HttpServer server, LogFolders folders, LogSearch search, AccessReview review) {
        this.server = server;
        this.folders = folders;
        this.search = search;
        this.review = review;
        this.readers = new Readers(settings.readers(), settings.readersPerUser());
        this.pool = new ThreadPoolExecutor(
                0, settings.readers() + SPARE_THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "log-reader");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Begins to answer.
     *
     * @throws IOException if the address is taken, or certificate and key cannot be read
     */
    public static LogServer start(Settings settings, LogFolders folders, LogSearch search, AccessReview review)
            throws IOException {
        HttpServer http = ServerTls.listen(settings.listen(), settings.certificate(), settings.key());
        LogServer server = new LogServer(settings, http, folders, search, review);
        http.setExecutor(server.pool);
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    /** Where it answers. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** An answer that broke off is known by its missing last line. */
    private void answer(HttpExchange exchange) {
        exchange.getResponseHeaders().set("Shera-Log-Agent", SPEAKS);
        try {
            route(exchange);
        } catch (Refused e) {
            e.tell(exchange, "The logs were not read.");
        } catch (IOException e) {
            LOG.log(Level.FINE, "An answer was broken off", e);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A request was not answered", e);
        } finally {
            exchange.close();
        }
    }

    private void route(HttpExchange exchange) throws Refused, IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            throw new Refused(405, "method", "only GET is answered", "Send a GET.");
        }
        switch (exchange.getRequestURI().getPath()) {
            case "/healthz" -> text(exchange, "ok\n");
            case "/v1/time" -> text(exchange, nanos() + "\n");
            case "/v1/logs" -> logs(exchange);
            default -> throw new Refused(404, "path", "there is nothing here", "Ask for /v1/logs.");
        }
    }

    private static String nanos() {
        Instant now = Instant.now();
        return String.valueOf(now.getEpochSecond() * 1_000_000_000L + now.getNano());
    }

    private static void text(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Shera-Time", nanos());
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private void logs(HttpExchange exchange) throws Refused, IOException {
        LogRequest request = LogRequest.of(exchange);
        String user = authorise(request);
        try (Readers.Place place = readers.enter(user)) {
            if (place == null) {
                exchange.getResponseHeaders().set("Retry-After", "2");
                throw new Refused(
                        503, "agent", "too many logs are read at once, or by you", "Try again in some seconds.");
            }
            give(exchange, request, runs(request));
        }
    }

    /** Gives who it is. */
    private String authorise(LogRequest request) throws Refused {
        AccessReview.Answer answer;
        try {
            answer = review.of(request.caller(), request.namespace(), request.pod());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The API server reviewed nobody: {0}", e.toString());
            throw new Refused(
                    502, "access", "the API server did not say who may read", "Look into the log of the agent.");
        }
        if (answer.verdict() == AccessReview.Verdict.UNKNOWN) {
            throw new Refused(
                    401, "Authorization", "the API server does not know the token", "Send one that is valid.");
        }
        if (answer.verdict() == AccessReview.Verdict.FORBIDDEN) {
            throw new Refused(
                    403,
                    "namespace",
                    "the API server does not let this identity get pods/log there",
                    "Have a role with get on pods/log bound to it in the namespace.");
        }
        return answer.user();
    }

    private List<Path> runs(LogRequest request) throws Refused, IOException {
        try {
            return folders.runs(request.namespace(), request.pod(), request.container(), request.previous());
        } catch (NoSuchFileException e) {
            throw new Refused(
                    404, "container", "this node has no such log", "Ask the agent on the node where the pod runs.");
        }
    }

    private void give(HttpExchange exchange, LogRequest request, List<Path> runs) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain;charset=UTF-8");
        exchange.getResponseHeaders().set("Shera-Time", nanos());
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), BUFFER);
        FilteredLines wanted = new FilteredLines(out, request.filter());
        LineSink lines = new LineSink(request.filter().isAll() ? out : wanted);
        TimedSink sink = new TimedSink(lines, System.nanoTime() + LONGEST.toNanos());
        ObjectNode end = JsonNodeFactory.instance.objectNode();
        long records = 0;
        long unreadable = 0;
        boolean verified = true;
        boolean complete = true;
        for (Path run : runs) {
            try {
                Found found = search.search(run, request.window(), sink);
                records += found.records();
                unreadable += found.unreadable();
                verified &= found.orderVerified();
                complete &= found.complete();
            } catch (NoSuchFileException e) {
                // The kubelet removed it after it was listed: as if it had been asked for a moment later.
                complete &= runs.size() > 1;
            }
            if (!complete) {
                break;
            }
        }
        lines.finish();
        end.put("records", records).put("unreadable", unreadable);
        if (!request.filter().isAll()) {
            end.put("lines", wanted.lines());
        }
        end.put("orderVerified", verified).put("complete", complete);
        out.write(("#end " + end + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        server.stop(0);
        pool.shutdownNow();
    }
}
