package io.jenkins.plugins.shera.build.steps;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands for SonarQube where a real one does not do on demand what is needed: to be down, slow, or to answer of another analysis. */
final class FakeSonar implements AutoCloseable {
    volatile String taskStatus = "SUCCESS";
    volatile String component = "shop";
    volatile String revision = "";
    volatile String submittedAt = "2099-01-01T00:00:00+0000";
    volatile int status = 200;
    volatile String coverage = "80.0";
    final AtomicInteger looks = new AtomicInteger();

    private final HttpServer server;

    FakeSonar() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = answer(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private String answer(String path) {
        return switch (path) {
            case "/api/system/status" -> "{\"status\":\"UP\",\"version\":\"9.9\"}";
            case "/api/authentication/validate" -> "{\"valid\":true}";
            case "/api/ce/task" -> task();
            case "/api/qualitygates/project_status" -> "{\"projectStatus\":{\"status\":\"OK\"}}";
            case "/api/project_analyses/search" ->
                "{\"analyses\":[{\"key\":\"A1\",\"revision\":\"" + revision + "\"}]}";
            case "/api/measures/component" ->
                "{\"component\":{\"measures\":[{\"metric\":\"coverage\",\"value\":\"" + coverage
                        + "\"},{\"metric\":\"bugs\",\"value\":\"2\"},{\"metric\":\"sqale_rating\",\"value\":\"1.0\"},"
                        + "{\"metric\":\"new_bugs\",\"period\":{\"value\":\"0\"}}]}}";
            default -> "{}";
        };
    }

    private String task() {
        looks.incrementAndGet();
        return "{\"task\":{\"id\":\"T1\",\"status\":\"" + taskStatus + "\",\"componentKey\":\"" + component
                + "\",\"analysisId\":\"A1\",\"submittedAt\":\"" + submittedAt + "\"}}";
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
