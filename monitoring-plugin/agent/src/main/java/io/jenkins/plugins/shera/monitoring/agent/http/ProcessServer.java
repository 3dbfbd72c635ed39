package io.jenkins.plugins.shera.monitoring.agent.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.monitoring.agent.ProcessSettings;
import io.jenkins.plugins.shera.monitoring.agent.processes.ContainerNames;
import io.jenkins.plugins.shera.monitoring.agent.processes.ProcessCounter;
import io.jenkins.plugins.shera.monitoring.agent.thresholds.Exposition;
import io.jenkins.plugins.shera.monitoring.agent.thresholds.TokenFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Serves what the containers of this node have open, {@code GET /metrics}. However many ask, /proc is read by one, and not twice in five seconds. */
public final class ProcessServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ProcessServer.class.getName());
    private static final String ERROR = "Nothing was counted.";
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService pool;
    private final ProcessCounter counter;
    private final TokenFile scrapeToken;
    private byte[] page;
    private long counted;

    private ProcessServer(HttpServer server, ProcessCounter counter, TokenFile scrapeToken) {
        this.server = server;
        this.counter = counter;
        this.scrapeToken = scrapeToken;
        this.pool = new ThreadPoolExecutor(0, THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "processes");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins to answer.
     *
     * @throws IOException if the address is taken or a file of the settings cannot be read
     */
    public static ProcessServer start(ProcessSettings settings) throws IOException {
        TokenFile scrape = settings.scrapeToken() == null ? null : TokenFile.of(settings.scrapeToken());
        ProcessCounter counter = new ProcessCounter(settings.proc(), new ContainerNames(settings.containers()));
        HttpServer http = ServerTls.listen(settings.listen(), settings.certificate(), settings.key());
        ProcessServer server = new ProcessServer(http, counter, scrape);
        http.setExecutor(server.pool);
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    /** Where it answers. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange exchange) {
        try {
            route(exchange);
        } catch (Refused e) {
            e.tell(exchange, ERROR);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "A request was not answered: {0}", e.toString());
            new Refused(500, "daemon", "it could not read /proc", "Look into the log of the daemon.")
                    .tell(exchange, ERROR);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A request was not answered", e);
        } finally {
            exchange.close();
        }
    }

    private void route(HttpExchange exchange) throws Refused, IOException {
        String path = exchange.getRequestURI().getPath();
        if (!exchange.getRequestMethod().equals("GET")) {
            throw new Refused(405, "method", "only GET is answered here", "Send a GET.");
        }
        if (path.equals("/healthz")) {
            give(exchange, "text/plain", "ok\n".getBytes(StandardCharsets.US_ASCII));
        } else if (path.equals("/metrics")) {
            String shown = exchange.getRequestHeaders().getFirst("Authorization");
            if (scrapeToken != null && !scrapeToken.isShown(shown)) {
                throw new Refused(
                        401, "Authorization", "it is not the secret of this daemon", "Send it as a bearer token.");
            }
            give(exchange, Exposition.TYPE, page());
        } else {
            throw new Refused(404, "path", "there is nothing here", "Ask for /metrics.");
        }
    }

    private synchronized byte[] page() throws IOException {
        if (page == null || System.nanoTime() - counted > FRESH_NANOS) {
            page = counter.page();
            counted = System.nanoTime();
        }
        return page.clone();
    }

    private static void give(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        pool.shutdownNow();
    }
}
