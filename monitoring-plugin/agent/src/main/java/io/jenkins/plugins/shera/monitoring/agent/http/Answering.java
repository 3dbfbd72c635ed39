package io.jenkins.plugins.shera.monitoring.agent.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.monitoring.agent.kept.StaleException;
import io.jenkins.plugins.shera.monitoring.agent.kept.TokenFile;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A server of one role: some threads that answer, and one way to say what was not done. */
final class Answering implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Answering.class.getName());

    private final HttpServer server;
    private final ExecutorService pool;
    private final String error;
    private final Refused broken;
    private final Route route;

    /** What is done with a request. */
    interface Route {
        void answer(HttpExchange exchange) throws Refused, IOException;
    }

    private Answering(HttpServer server, ExecutorService pool, String error, Refused broken, Route route) {
        this.server = server;
        this.pool = pool;
        this.error = error;
        this.broken = broken;
        this.route = route;
    }

    /**
     * Begins to answer; who comes while all threads are busy is sent away without an answer.
     *
     * @param error what each refusal says was not done
     * @param broken why the machine could not do it
     */
    static Answering start(HttpServer server, String name, int threads, String error, String broken, Route route) {
        ExecutorService pool =
                new ThreadPoolExecutor(0, threads, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        Refused failed = new Refused(500, "daemon", broken, "Look into the log of the daemon.");
        Answering answering = new Answering(server, pool, error, failed, route);
        server.setExecutor(pool);
        server.createContext("/", answering::answer);
        server.start();
        return answering;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange exchange) {
        try {
            if (exchange.getRequestURI().getPath().equals("/healthz")) {
                allow(exchange, "GET");
                give(exchange, "text/plain", "ok\n".getBytes(StandardCharsets.US_ASCII));
            } else {
                route.answer(exchange);
            }
        } catch (Refused e) {
            e.tell(exchange, error);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "A request was not answered: {0}", e.toString());
            broken.tell(exchange, error);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A request was not answered", e);
        } finally {
            exchange.close();
        }
    }

    static void allow(HttpExchange exchange, String allowed) throws Refused {
        if (!exchange.getRequestMethod().equals(allowed)) {
            throw new Refused(405, "method", "only " + allowed + " is answered here", "Send a " + allowed + ".");
        }
    }

    /** Null stands for a way that only this machine can come. */
    static void authorise(HttpExchange exchange, TokenFile token) throws Refused, IOException {
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        if (token != null && !token.isShown(shown)) {
            throw new Refused(
                    401, "Authorization", "it is not the secret of this daemon", "Send it as a bearer token.");
        }
    }

    /** The body, where it is no larger than {@code most} bytes. */
    static byte[] body(HttpExchange exchange, int most, String next) throws Refused, IOException {
        byte[] body = exchange.getRequestBody().readNBytes(most + 1);
        if (body.length > most) {
            throw new Refused(413, "body", "it is larger than " + (most >> 20) + " MiB", next);
        }
        return body;
    }

    /** A change of what is kept, from a body that says which generation it was made from. */
    interface Change {
        void make() throws IOException, StaleException;
    }

    /** Makes it, or says what is wrong with the body; {@code example} shows a right one. */
    static void change(String example, Change change) throws Refused, IOException {
        try {
            change.make();
        } catch (JsonProcessingException e) {
            throw new Refused(400, "body", "it is no JSON", "Send " + example + ".");
        } catch (InvalidThresholdException e) {
            throw new Refused(422, e.field(), e.why(), e.next());
        } catch (StaleException e) {
            throw new Refused(409, "after", e.getMessage(), "Read them again and repeat the change.");
        }
    }

    /** Ids of tenants as JSON. */
    static void giveTenants(HttpExchange exchange, Iterable<String> tenants) throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        tenants.forEach(body.putArray("tenants")::add);
        give(exchange, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    static void give(HttpExchange exchange, String type, byte[] body) throws IOException {
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
