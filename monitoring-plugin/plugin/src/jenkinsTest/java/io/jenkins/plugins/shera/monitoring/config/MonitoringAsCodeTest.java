package io.jenkins.plugins.shera.monitoring.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What configuration as code writes of the monitoring, it also reads, and it comes to the same. */
@WithJenkins
class MonitoringAsCodeTest {

    private static final String SECTION =
            """
            unclassified:
              sheraMonitoring:
                prometheusServers:
                - id: "main"
                  url: "http://127.0.0.1:9090"
                  clusters: "east west"
                  rulesFolder: "/srv/rules"
                alertmanagers:
                - id: "am"
                  url: "http://127.0.0.1:9093"
                  configFile: "/srv/alertmanager.yml"
                  webhookHosts: "hooks.example.com"
                heartbeatSeconds: 30
                alarmKind: "wecom"
                thresholds:
                - metric: "threads"
                  warning: "300"
                  for: "10m"
            """;

    @Test
    void readsWhatItWrote(JenkinsRule rule) throws Exception {
        read(SECTION);
        String first = export();
        MonitoringConfiguration configuration = MonitoringConfiguration.get();
        assertThat(configuration.getThresholds())
                .extracting(ThresholdSettings::getFor)
                .containsExactly("10m");
        configuration.setThresholds(List.of());
        configuration.setPrometheusServers(List.of());
        configuration.setAlertmanagers(List.of());
        configuration.setHeartbeatSeconds(0);
        configuration.setAlarmKind("");

        read(first);

        assertThat(export()).isEqualTo(first);
        assertThat(first)
                .contains("http://127.0.0.1:9090", "east west", "/srv/rules", "300")
                .contains("/srv/alertmanager.yml", "hooks.example.com", "wecom");
        assertThat(configuration.getPrometheusServers())
                .extracting(PrometheusServer::getId)
                .containsExactly("main");
    }

    private static void read(String yaml) throws Exception {
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    private static String export() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(all);
        StringBuilder section = new StringBuilder("unclassified:\n");
        boolean inside = false;
        for (String line : all.toString(StandardCharsets.UTF_8).split("\n")) {
            if (line.matches(" {0,2}\\S.*")) {
                inside = line.equals("  sheraMonitoring:");
            }
            if (inside) {
                section.append(line).append('\n');
            }
        }
        return section.toString();
    }
}
