package io.jenkins.plugins.shera.oci.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Stands before a real registry and does what that will not do on demand: refuse, fail, cut, alter. */
public final class FaultProxy implements AutoCloseable {
    private static final Set<String> NOT_PASSED_ON =
            Set.of("host", "connection", "content-length", "upgrade", "http2-settings", "transfer-encoding");

    private final HttpServer server;
    private final String behind;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** The registry behind is {@code host:port}; with an empty one only faults answer. */
    public FaultProxy(String behind) throws IOException {
        this.behind = behind;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Lets requests of this method whose address contains the text be answered otherwise, that many times. */
    public FaultProxy on(String method, String text, int times, Answer answer) {
        faults.add(new Fault(method, text, times, answer));
        return this;
    }

    /** An answer of a status, with headers as name, value, ... */
    public static Answer status(int status, String... headers) {
        return (exchange, body) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /** Breaks the connection without an answer. */
    public static Answer cut() {
        return (exchange, body) -> {
            throw new IOException("cut");
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(line + (authorization == null ? "" : " [" + authorization + "]"));
            byte[] body = exchange.getRequestBody().readAllBytes();
            for (Fault fault : faults) {
                if (fault.takes(exchange)) {
                    fault.answer.send(exchange, body);
                    return;
                }
            }
            pass(exchange, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = behind(exchange, body);
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            answer.headers().firstValue("Content-Length").ifPresent(length -> exchange.getResponseHeaders()
                    .set("Content-Length", length));
        }
        exchange.sendResponseHeaders(
                answer.statusCode(), head || answer.body().length == 0 ? -1 : answer.body().length);
        if (!head && answer.body().length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer.body());
            }
        }
    }

    /** What the registry behind answers to this request. */
    public HttpResponse<byte[]> behind(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + behind + exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        // The registry builds the addresses of uploads from this name, so that they lead through the proxy.
        request.header("X-Forwarded-Host", host());
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Its {@code host:port}. */
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Requests seen, {@code METHOD /path [authorization]}. */
    public List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** Answers one request in place of the registry. */
    public interface Answer {
        /** The body is the request's. */
        void send(HttpExchange exchange, byte[] body) throws IOException, InterruptedException;
    }

    private static final class Fault {
        private final String method;
        private final String text;
        private final Answer answer;
        private int left;

        Fault(String method, String text, int times, Answer answer) {
            this.method = method;
            this.text = text;
            this.left = times;
            this.answer = answer;
        }

        synchronized boolean takes(HttpExchange exchange) {
            boolean mine = left > 0
                    && exchange.getRequestMethod().equals(method)
                    && exchange.getRequestURI().toString().contains(text);
            left -= mine ? 1 : 0;
            return mine;
        }
    }
}
