package io.jenkins.plugins.shera.demo.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.RunningBuild;
import io.jenkins.plugins.shera.demo.site.Stages;
import io.jenkins.plugins.shera.demo.site.Tenants;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real Prometheus that reads the rules Jenkins writes; the example asks only what is evaluated. */
final class SetThresholdsExample implements Example {
    private int port;

    @Override
    public String missing(DemoSite site) {
        return ExamplePrometheus.missing();
    }

    @Override
    public void beforeJenkins(DemoSite site) throws IOException {
        port = ExamplePrometheus.of(site).port();
    }

    @Override
    public void prepare(DemoSite site) throws Exception {
        Map<String, String> dev = Map.of("name", "dev", "cluster", "local", "namespace", site.namespace(Tenants.FIRST));
        site.client()
                .write(
                        "shera/tenant/" + Tenants.FIRST + "/createApplication",
                        Map.of("name", "books", "environments", List.of(dev)));
    }

    @Override
    public void check(DemoSite site, RunningBuild build, Stages table) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/rules"))
                .build();
        String body = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        List<String> queries = new ArrayList<>();
        for (JsonNode rule : new ObjectMapper().readTree(body).at("/data/groups/0/rules")) {
            String query = rule.path("query").asText();
            if (query.contains("books(")) {
                queries.add(rule.path("name").asText() + " " + query);
            }
        }
        boolean threads =
                queries.stream().anyMatch(query -> query.startsWith("SheraThreads") && query.endsWith("> 600"));
        boolean own = queries.stream().anyMatch(query -> query.startsWith("SheraOrdersWaiting"));
        boolean memory = queries.stream().anyMatch(query -> query.startsWith("SheraMemory"));
        build.expect(threads && own && !memory, "Prometheus evaluates what was set: " + queries);
    }
}
