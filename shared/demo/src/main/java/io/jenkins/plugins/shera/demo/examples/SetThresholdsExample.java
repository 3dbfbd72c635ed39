package io.jenkins.plugins.shera.demo.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.demo.parts.Machine;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.RunningBuild;
import io.jenkins.plugins.shera.demo.site.Stages;
import io.jenkins.plugins.shera.demo.site.Tenants;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real Prometheus that reads the rules Jenkins writes; it scrapes nothing, for the example asks only what is evaluated. */
final class SetThresholdsExample implements Example {
    private static final String PACKAGE = "io.jenkins.plugins.shera.monitoring.config.";

    private int port;

    @Override
    public String missing(DemoSite site) {
        return Machine.find("prometheus").isEmpty() || Machine.find("promtool").isEmpty()
                ? "no Prometheus: install the package 'prometheus'"
                : "";
    }

    @Override
    public void beforeJenkins(DemoSite site) throws IOException {
        Path folder = site.folder("prometheus");
        Path rules = folder.resolve("rules");
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(config, "rule_files: [\"" + rules + "/current/*.yml\"]\n");
        port = Machine.freePort();
        Process process = new ProcessBuilder(
                        Machine.find("prometheus").orElseThrow().toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--web.enable-lifecycle")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.log").toFile())
                .start();
        site.leftovers().remember(process.toHandle());
        AutoCloseable stop = process::destroy;
        site.closing(stop);
        settings(site.home(), rules);
    }

    private void settings(Path home, Path rules) throws IOException {
        Files.createDirectories(home);
        Files.writeString(
                home.resolve(PACKAGE + "MonitoringConfiguration.xml"),
                """
                <?xml version='1.1' encoding='UTF-8'?>
                <%1$sMonitoringConfiguration>
                  <prometheusServers>
                    <%1$sPrometheusServer>
                      <id>main</id>
                      <url>http://127.0.0.1:%2$d</url>
                      <clusters><string>local</string></clusters>
                      <rulesFolder>%3$s</rulesFolder>
                      <promtool>%4$s</promtool>
                      <credentialsId></credentialsId>
                    </%1$sPrometheusServer>
                  </prometheusServers>
                  <thresholds/>
                </%1$sMonitoringConfiguration>
                """
                        .formatted(
                                PACKAGE, port, rules, Machine.find("promtool").orElseThrow()));
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
            queries.add(rule.path("name").asText() + " " + rule.path("query").asText());
        }
        boolean threads =
                queries.stream().anyMatch(query -> query.startsWith("SheraThreads") && query.endsWith("> 600"));
        boolean own = queries.stream().anyMatch(query -> query.startsWith("SheraOrdersWaiting"));
        boolean memory = queries.stream().anyMatch(query -> query.startsWith("SheraMemory"));
        build.expect(threads && own && !memory, "Prometheus evaluates what was set: " + queries);
    }
}
