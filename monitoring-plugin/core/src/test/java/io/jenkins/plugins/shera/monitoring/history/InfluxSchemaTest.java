package io.jenkins.plugins.shera.monitoring.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InfluxSchemaTest {

    @Test
    void heapstersIsThereWithoutAWord() {
        InfluxSchema schema = InfluxSchema.read("  ");
        assertThat(schema.namespace()).isEqualTo("namespace_name");
        assertThat(schema.of(Metric.CPU).orElseThrow())
                .isEqualTo(
                        new Recorded("cpu/usage_rate", "value", 0.001, false, true, Map.of("type", "pod_container")));
        assertThat(schema.of(Metric.NETWORK_IN).orElseThrow().ofContainer()).isFalse();
        assertThat(schema.of(Metric.THREADS)).isEmpty();
    }

    @Test
    void readsOnesOwn() {
        InfluxSchema schema = InfluxSchema.read(
                """
                tags namespace=ns pod=pod_name
                threads measurement=procstat field=num_threads tag.host=a
                cpu     measurement=cpu field=total factor=1e-9 kind=counter
                """);
        assertThat(schema.namespace()).isEqualTo("ns");
        assertThat(schema.container()).isEqualTo("container");
        assertThat(schema.of(Metric.CPU).orElseThrow())
                .isEqualTo(new Recorded("cpu", "total", 1e-9, true, true, Map.of()));
        assertThat(schema.of(Metric.THREADS).orElseThrow().tags()).isEqualTo(Map.of("host", "a"));
        assertThat(InfluxSchema.conditions("cluster_name=east, env=prod"))
                .isEqualTo(Map.of("cluster_name", "east", "env", "prod"));
    }

    @Test
    void namesTheLineThatCannotBe() {
        for (String bad : new String[] {
            "threads",
            "tags pod=p",
            "thread measurement=a",
            "threads measurement=a\nthreads measurement=b",
            "threads measurement=a field=\"x\"",
            "threads measurement=a'",
            "threads measurement=a factor=0",
            "threads measurement=a factor=-1",
            "threads measurement=a factor=NaN",
            "threads measurement=a kind=x",
            "threads measurement=a of=node",
            "threads measurement=a query=drop",
            "threads measurement=a field=b field=c",
            "threads measurement=a\ntags node=n",
            "threads =a measurement=b"
        }) {
            assertThatThrownBy(() -> InfluxSchema.read(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("InfluxDB");
        }
        assertThatThrownBy(() -> InfluxSchema.conditions("cluster_name")).isInstanceOf(IllegalArgumentException.class);
    }
}
