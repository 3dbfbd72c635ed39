package io.jenkins.plugins.shera.monitoring.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.onjenkins.AsCode;
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
                - id: "mimir"
                  url: "http://127.0.0.1:8080/prometheus"
                  rulerNamespace: "shera"
                  orgId: "team-a"
                - id: "inside"
                  url: "http://127.0.0.1:9091"
                  objectCluster: "east"
                  objectNamespace: "monitoring"
                  objectName: "shera-rules"
                  objectKind: "PrometheusRule"
                  objectLabels: "release=prometheus"
                alertmanagers:
                - id: "am"
                  url: "http://127.0.0.1:9093"
                  configFile: "/srv/alertmanager.yml"
                  webhookHosts: "hooks.example.com"
                logAgents:
                - cluster: "east"
                  address: "http://127.0.0.1:8441"
                metricHistories:
                - id: "heapster"
                  cluster: "east"
                  url: "http://127.0.0.1:8086"
                  database: "k8s"
                  retentionPolicy: "default"
                  conditions: "cluster_name=east"
                  mapping: "threads measurement=procstat field=num_threads"
                heartbeatSeconds: 30
                alarmKind: "wecom"
                groupWaitLimits: "10s 5m"
                platformOutages: "ClusterDown"
                outageLabels: "cluster"
                thresholds:
                - metric: "threads"
                  warning: "300"
                  for: "10m"
            """;

    @Test
    void readsWhatItWrote(JenkinsRule rule) throws Exception {
        AsCode.read(SECTION);
        String first = AsCode.export("sheraMonitoring");
        MonitoringConfiguration configuration = MonitoringConfiguration.get();
        assertThat(configuration.getThresholds())
                .extracting(ThresholdSettings::getFor)
                .containsExactly("10m");
        configuration.setThresholds(List.of());
        configuration.setPrometheusServers(List.of());
        configuration.setAlertmanagers(List.of());
        configuration.setLogAgents(List.of());
        configuration.setMetricHistories(List.of());
        configuration.setHeartbeatSeconds(0);
        configuration.setAlarmKind("");
        configuration.setGroupWaitLimits("");
        configuration.setPlatformOutages("");
        configuration.setOutageLabels("");

        AsCode.read(first);

        assertThat(AsCode.export("sheraMonitoring")).isEqualTo(first);
        assertThat(first)
                .contains(
                        "http://127.0.0.1:9090",
                        "east west",
                        "/srv/rules",
                        "300",
                        "rulerNamespace",
                        "team-a",
                        "shera-rules",
                        "release=prometheus")
                .contains("10s 5m", "ClusterDown", "outageLabels")
                .contains("/srv/alertmanager.yml", "hooks.example.com", "wecom", "http://127.0.0.1:8441")
                .contains("http://127.0.0.1:8086", "cluster_name=east", "num_threads");
        assertThat(configuration.getPrometheusServers())
                .extracting(PrometheusServer::getId)
                .containsExactly("main", "mimir", "inside");
    }
}
