package io.jenkins.plugins.shera.kubeng.figures;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.nginx.figures.NodeFigures;
import io.jenkins.plugins.shera.nginx.figures.ToldRequests;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Follows the log, answers {@code GET /metrics} where it is to listen, and has for Jenkins what was counted lately. */
public final class FigureDoor implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FigureDoor.class.getName());

    static {
        // Seconds after which somebody who sends slowly, or reads slowly, keeps no thread any more.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "10");
    }

    private final FigureSettings settings;
    private final Daemon daemon;
    private final LogTail tail;
    private final HostFigures hosts = new HostFigures();
    private final Untold untold = new Untold();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ExecutorService answering = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "kubeng-metrics");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean logRead;
    private HttpServer server;
    private boolean told;
    private boolean closed;

    /** What the daemon tells. */
    public interface Daemon {
        /** Each host that has a route, and the tenant it belongs to. */
        Map<String, String> tenantsByHost();

        /** What the routes and the weights are at. */
        SortedMap<String, LaneFigures> lanes();
    }

    /** Only keeps what it is given. */
    public FigureDoor(FigureSettings settings, Daemon daemon) {
        this.settings = settings;
        this.daemon = daemon;
        this.tail = settings.log() == null ? null : new LogTail(settings.log());
    }

    /** Opens where it is not open yet, and counts what nginx logged since the last look. Nothing of nginx waits for it. */
    public synchronized void look() {
        if (server == null && settings.listen() != null && !closed) {
            open();
        }
        if (tail == null || closed) {
            return;
        }
        Map<String, String> tenants = daemon.tenantsByHost();
        try {
            hosts.keep(tenants);
            NodeFigures.Sorter sorter = new NodeFigures.Sorter(tenants);
            logRead = tail.look(line -> hosts.count(line, tenants).ifPresent(sorter::count));
            untold.add(sorter.rows());
        } catch (IOException e) {
            if (logRead) {
                LOG.log(Level.WARNING, "{0} cannot be read: {1}", new Object[] {settings.log(), e.getMessage()});
            }
            logRead = false;
        }
    }

    /** Whether there is anything to tell Jenkins. */
    public boolean isLogging() {
        return tail != null;
    }

    /** What was counted since this was last asked for, as Jenkins takes it. */
    public ObjectNode lately() {
        return ToldRequests.json(untold.take()).put("readable", logRead);
    }

    private void open() {
        try {
            HttpServer opened = HttpServer.create(settings.listen(), 0);
            opened.createContext("/", this::answer);
            opened.setExecutor(answering);
            opened.start();
            server = opened;
        } catch (IOException e) {
            if (!told) {
                LOG.log(
                        Level.WARNING,
                        "The setting 'metrics.listen' names {0}, where KubeNg cannot listen: {1}. It goes on without and"
                                + " tries again; choose a free port of this machine.",
                        new Object[] {settings.listen(), e.getMessage()});
            }
            told = true;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean known = exchange.getRequestURI().getPath().equals("/metrics")
                    && exchange.getRequestMethod().equals("GET");
            byte[] body = (known ? figures() : "GET /metrics\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(known ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String figures() {
        Exposition out = new Exposition();
        LaneFigures.write(out, daemon.lanes());
        if (settings.status() != null) {
            nginx(out);
        }
        if (tail != null) {
            out.begin("kubeng_log_readable", "gauge", "1 while the log of requests can be read.");
            out.value(logRead ? 1 : 0);
            hosts.keep(daemon.tenantsByHost());
            hosts.write(out);
        }
        return out.text();
    }

    private void nginx(Exposition out) {
        StubStatus status = null;
        try {
            status = StubStatus.ask(http, settings.status());
        } catch (IOException e) {
            LOG.log(Level.FINE, "nginx tells no figures", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.begin("kubeng_nginx_up", "gauge", "1 while nginx answers at metrics.status.");
        out.value(status == null ? 0 : 1);
        if (status == null) {
            return;
        }
        out.begin("kubeng_nginx_connections", "gauge", "Connections of clients by what they do.");
        out.value(status.active(), "state", "active");
        out.value(status.reading(), "state", "reading");
        out.value(status.writing(), "state", "writing");
        out.value(status.waiting(), "state", "waiting");
        out.begin("kubeng_nginx_connections_accepted_total", "counter", "Connections that nginx accepted.");
        out.value(status.accepted());
        out.begin("kubeng_nginx_connections_handled_total", "counter", "Connections that nginx did not have to drop.");
        out.value(status.handled());
        out.begin("kubeng_nginx_requests_total", "counter", "Requests of all hosts.");
        out.value(status.requests());
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (server != null) {
            server.stop(0);
        }
        answering.shutdownNow();
        try {
            if (tail != null) {
                tail.close();
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "The log cannot be closed", e);
        }
    }
}
