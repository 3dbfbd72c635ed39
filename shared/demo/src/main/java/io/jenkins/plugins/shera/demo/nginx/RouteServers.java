package io.jenkins.plugins.shera.demo.nginx;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.render.Fingerprint;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nginx.render.WeightFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One HTTP server for each port the routes name, and one that tells which set is served. */
final class RouteServers {
    private static final Pattern WEIGHTS = Pattern.compile("include \"?(/[^\"]+)/\\*\\.conf\"?;");
    private static final Pattern VERSION_PORT = Pattern.compile("listen 127\\.0\\.0\\.1:(\\d+);");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Map<Integer, HttpServer> servers = new HashMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile RouteSet routes = RouteSet.of(List.of());
    private volatile String fingerprint = "";
    private volatile String weights = "";

    /** Serves these files from now on. */
    void take(Map<String, byte[]> files) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        routes = RouteFiles.read(files);
        for (Route route : routes.routes()) {
            listen(route.port(), this::proxy);
        }
        Matcher port = VERSION_PORT.matcher(new String(files.get("version.conf"), StandardCharsets.UTF_8));
        if (port.find()) {
            listen(
                    Integer.parseInt(port.group(1)),
                    exchange -> answer(
                            exchange,
                            200,
                            (exchange.getRequestURI().getPath().equals("/weights") ? weights : fingerprint)
                                    .getBytes(StandardCharsets.UTF_8)));
        }
        fingerprint = RouteFiles.fingerprint(files);
        Matcher lane = WEIGHTS.matcher(new String(files.get("weights.conf"), StandardCharsets.UTF_8));
        // The test of the stand-in refuses every change of weights, so what lies there splits nothing.
        weights = lane.find() ? Fingerprint.of(Files.readAllBytes(Path.of(lane.group(1), WeightFiles.PROOF))) : "";
    }

    private void listen(int port, HttpHandler handler) throws IOException {
        if (!servers.containsKey(port)) {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setExecutor(Executors.newFixedThreadPool(8));
            server.createContext("/", handler);
            server.start();
            servers.put(port, server);
        }
    }

    private void proxy(HttpExchange exchange) throws IOException {
        String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
                .orElse("")
                .replaceFirst(":\\d+$", "");
        int port = exchange.getLocalAddress().getPort();
        Optional<Route> route = routes.routes().stream()
                .filter(one -> one.port() == port
                        && one.host().equals(host)
                        && exchange.getRequestURI().getPath().startsWith(one.path()))
                .max(Comparator.comparingInt(one -> one.path().length()));
        if (route.isEmpty()) {
            answer(exchange, 404, "no such host or path here\n".getBytes(StandardCharsets.UTF_8));
            return;
        }
        List<Member> members = route.get().members();
        Member member = members.get(Math.floorMod(turn.getAndIncrement(), members.size()));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + member.authority() + exchange.getRequestURI()))
                .timeout(Duration.ofSeconds(60))
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            response.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders()
                    .set("Content-Type", type));
            answer(exchange, response.statusCode(), response.body());
        } catch (IOException e) {
            answer(exchange, 502, "the application does not answer\n".getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer(exchange, 503, new byte[0]);
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
