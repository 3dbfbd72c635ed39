package io.jenkins.plugins.shera.demo.examples;

import io.jenkins.plugins.shera.demo.parts.Machine;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/** The one real Prometheus of the examples of a site: it reads the rules Jenkins writes, and scrapes what an example serves. */
final class ExamplePrometheus {
    private static final String PACKAGE = "io.jenkins.plugins.shera.monitoring.config.";
    private static final Map<DemoSite, ExamplePrometheus> OF_SITES = Collections.synchronizedMap(new WeakHashMap<>());

    private final int port;
    private final Path targets;

    private ExamplePrometheus(int port, Path targets) {
        this.port = port;
        this.targets = targets;
    }

    /** Why there can be none here; empty when there can. */
    static String missing() {
        return Machine.find("prometheus").isEmpty() || Machine.find("promtool").isEmpty()
                ? "no Prometheus: install the package 'prometheus'"
                : "";
    }

    /** That of a site, started with the first example that asks for it, before Jenkins. */
    static synchronized ExamplePrometheus of(DemoSite site) throws IOException {
        ExamplePrometheus there = OF_SITES.get(site);
        if (there == null) {
            there = start(site);
            OF_SITES.put(site, there);
        }
        return there;
    }

    private static ExamplePrometheus start(DemoSite site) throws IOException {
        Path folder = site.folder("prometheus");
        Path rules = folder.resolve("rules");
        Path targets = folder.resolve("targets.yml");
        Files.writeString(targets, "[]\n");
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(
                config,
                """
                global: {scrape_interval: 2s, evaluation_interval: 2s}
                rule_files: ["%s/current/*.yml"]
                scrape_configs:
                  - job_name: examples
                    file_sd_configs: [{files: ["%s"], refresh_interval: 2s}]
                """
                        .formatted(rules, targets));
        int port = Machine.freePort();
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
        settings(site.home(), rules, port);
        return new ExamplePrometheus(port, targets);
    }

    int port() {
        return port;
    }

    /** From now on it scrapes this port of the loopback address. */
    void scrape(int served) throws IOException {
        Files.writeString(targets, "[{targets: [\"127.0.0.1:" + served + "\"]}]\n");
    }

    private static void settings(Path home, Path rules, int port) throws IOException {
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
}
