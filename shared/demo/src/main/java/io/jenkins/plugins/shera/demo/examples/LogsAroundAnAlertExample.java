package io.jenkins.plugins.shera.demo.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.RunningBuild;
import io.jenkins.plugins.shera.demo.site.Stages;
import io.jenkins.plugins.shera.demo.site.Tenants;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An alert that a real Prometheus has, by a threshold that is set beforehand, of an application in a real cluster. */
final class LogsAroundAnAlertExample extends RolloutExample {
    private static final String ALERTS = "shera/tenant/" + Tenants.FIRST + "/application/ledger/alerts/";

    private HttpServer metrics;

    LogsAroundAnAlertExample() {
        super("ledger");
    }

    @Override
    public String missing(DemoSite site) {
        String prometheus = ExamplePrometheus.missing();
        return prometheus.isEmpty() ? super.missing(site) : prometheus;
    }

    @Override
    public void beforeJenkins(DemoSite site) throws IOException {
        metrics = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AutoCloseable stop = () -> metrics.stop(0);
        site.closing(stop);
        ExamplePrometheus.of(site).scrape(metrics.getAddress().getPort());
    }

    @Override
    public void prepare(DemoSite site) throws Exception {
        super.prepare(site);
        byte[] waiting = ("orders_waiting{namespace=\"" + site.namespace(Tenants.FIRST)
                        + "\",container=\"ledger\",pod=\"ledger-5d9c-x2x4z\"} 1200\n")
                .getBytes(StandardCharsets.US_ASCII);
        metrics.createContext("/metrics", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, waiting.length);
            exchange.getResponseBody().write(waiting);
            exchange.close();
        });
        metrics.start();
        site.client()
                .write(
                        ALERTS + "set",
                        Map.of(
                                "environment",
                                "",
                                "thresholds",
                                List.of(Map.of("metric", "orders_waiting", "warning", "1000", "for", "0"))));
        for (int i = 0; i < 120; i++) {
            if (!site.client().read(ALERTS + "active").path("alerts").isEmpty()) {
                return;
            }
            Thread.sleep(500);
        }
        throw new IOException("the alert of orders_waiting did not begin within a minute");
    }

    @Override
    public Map<String, String> parameters(DemoSite site) {
        Map<String, String> parameters = new HashMap<>(super.parameters(site));
        parameters.remove("CHECK_IMAGE");
        return parameters;
    }

    @Override
    public void check(DemoSite site, RunningBuild build, Stages table) throws Exception {
        JsonNode lines = site.client()
                .read("shera/tenant/" + Tenants.FIRST
                        + "/application/ledger/logs/lines?environment=dev&alert=orders_waiting" + "&afterwards=1h");
        build.expect(
                lines.findValuesAsText("text").contains("shop: open on port 8080"),
                "the range around the alert has what the application said: " + lines);
    }
}
