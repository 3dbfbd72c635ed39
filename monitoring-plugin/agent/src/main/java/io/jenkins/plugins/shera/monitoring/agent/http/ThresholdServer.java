package io.jenkins.plugins.shera.monitoring.agent.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.monitoring.agent.ThresholdSettings;
import io.jenkins.plugins.shera.monitoring.agent.thresholds.Exposition;
import io.jenkins.plugins.shera.monitoring.agent.thresholds.ThresholdFiles;
import io.jenkins.plugins.shera.monitoring.agent.thresholds.TokenFile;
import io.jenkins.plugins.shera.monitoring.served.ThresholdDaemon;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedBook;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Serves thresholds as a metric, {@code GET /metrics}, and takes changes of them, {@code PUT /v1/thresholds/TENANT}, each made from the
 * generation that is kept. What it serves after a restart is what it was last told.
 */
public final class ThresholdServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ThresholdServer.class.getName());
    private static final String ERROR = "The thresholds are as they were.";
    private static final String TENANT = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final int LARGEST = 16 << 20;
    private static final int THREADS = 8;

    private final HttpServer server;
    private final ExecutorService pool;
    private final ThresholdFiles files;
    private final TokenFile pushToken;
    private final TokenFile scrapeToken;
    private final AtomicReference<byte[]> page;

    private ThresholdServer(HttpServer server, ThresholdFiles files, TokenFile pushToken, TokenFile scrapeToken) {
        this.server = server;
        this.files = files;
        this.pushToken = pushToken;
        this.scrapeToken = scrapeToken;
        this.page =
                new AtomicReference<>(Exposition.of(files.all(), files.damaged().size()));
        this.pool = new ThreadPoolExecutor(0, THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "thresholds");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins to serve what lies on the disk.
     *
     * @throws IOException if the address or the folder is taken, or a file of the settings cannot be read
     */
    public static ThresholdServer start(ThresholdSettings settings) throws IOException {
        TokenFile push = TokenFile.of(settings.pushToken());
        TokenFile scrape = settings.scrapeToken() == null ? null : TokenFile.of(settings.scrapeToken());
        ThresholdFiles files = ThresholdFiles.open(settings.folder());
        try {
            HttpServer http = ServerTls.listen(settings.listen(), settings.certificate(), settings.key());
            ThresholdServer server = new ThresholdServer(http, files, push, scrape);
            http.setExecutor(server.pool);
            http.createContext("/", server::answer);
            http.start();
            return server;
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
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
            new Refused(500, "daemon", "it could not read or write its files", "Look into the log of the daemon.")
                    .tell(exchange, ERROR);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A request was not answered", e);
        } finally {
            exchange.close();
        }
    }

    private void route(HttpExchange exchange) throws Refused, IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (path.equals("/healthz")) {
            allow(method, "GET");
            give(exchange, "text/plain", "ok\n".getBytes(StandardCharsets.US_ASCII));
        } else if (path.equals("/metrics")) {
            allow(method, "GET");
            authorise(exchange, scrapeToken);
            give(exchange, Exposition.TYPE, page.get());
        } else if (path.equals(ThresholdDaemon.PATH)) {
            allow(method, "GET");
            authorise(exchange, pushToken);
            give(exchange, "application/json", tenants());
        } else if (path.startsWith(ThresholdDaemon.PATH + "/")) {
            authorise(exchange, pushToken);
            String tenant = path.substring(ThresholdDaemon.PATH.length() + 1);
            if (!tenant.matches(TENANT)) {
                throw new Refused(404, "tenant", "no tenant can be named so", "Give the id of a tenant.");
            }
            if (method.equals("PUT")) {
                replace(exchange, tenant);
            } else {
                allow(method, "GET");
            }
            give(exchange, "application/json", files.read(tenant).bytes("generation"));
        } else {
            throw new Refused(404, "path", "there is nothing here", "Ask for /metrics or /v1/thresholds.");
        }
    }

    private static void allow(String method, String allowed) throws Refused {
        if (!method.equals(allowed)) {
            throw new Refused(405, "method", "only " + allowed + " is answered here", "Send a " + allowed + ".");
        }
    }

    /** Null stands for a way that only this machine can come. */
    private static void authorise(HttpExchange exchange, TokenFile token) throws Refused, IOException {
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        if (token != null && !token.isShown(shown)) {
            throw new Refused(
                    401, "Authorization", "it is not the secret of this daemon", "Send it as a bearer token.");
        }
    }

    private byte[] tenants() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode tenants = body.putArray("tenants");
        files.all().forEach((tenant, book) -> {
            if (!book.thresholds().isEmpty()) {
                tenants.add(tenant);
            }
        });
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void replace(HttpExchange exchange, String tenant) throws Refused, IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            throw new Refused(413, "body", "it is larger than 16 MiB", "Set fewer thresholds for this tenant.");
        }
        try {
            ServedBook from = ServedBook.read(body, "after");
            synchronized (files) {
                files.replace(tenant, from);
                page.set(Exposition.of(files.all(), files.damaged().size()));
            }
        } catch (JsonProcessingException e) {
            throw new Refused(400, "body", "it is no JSON", "Send {\"after\": N, \"thresholds\": [...]}.");
        } catch (InvalidThresholdException e) {
            throw new Refused(422, e.field(), e.why(), e.next());
        } catch (ThresholdFiles.StaleException e) {
            throw new Refused(409, "after", e.getMessage(), "Read them again and repeat the change.");
        }
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
        try {
            files.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The folder of thresholds was not let go of", e);
        }
    }
}
