package io.jenkins.plugins.shera.platform.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricFilter;
import com.codahale.metrics.MetricRegistry;
import hudson.ExtensionList;
import io.jenkins.plugins.shera.platform.extension.MeterSource;
import io.jenkins.plugins.shera.platform.meters.Meters;
import io.jenkins.plugins.shera.platform.meters.Reading;
import io.jenkins.plugins.shera.platform.meters.Total;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import jenkins.metrics.api.Metrics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** With the registry of Dropwizard itself, behind a class of the plugin's name, which the harness does not play. */
@WithJenkins
class MetricsPluginTest {
    private static final AtomicLong OPEN = new AtomicLong();

    private final MetricRegistry registry = Metrics.metricRegistry();

    /** One figure that can be read and one that cannot. */
    private static final class Source extends MeterSource {
        @Override
        public List<Reading> readings() {
            return List.of();
        }

        @Override
        public List<Total> totals() {
            return List.of(new Total("test.open", OPEN::get), new Total("test.broken", () -> {
                throw new IllegalStateException("not now");
            }));
        }
    }

    @BeforeEach
    void empty() {
        registry.removeMatching(MetricFilter.ALL);
    }

    @Test
    void figuresAreReadWhenTheyAreAskedForAndOneThatFailsLeavesTheOthers(JenkinsRule r) throws Exception {
        ExtensionList.lookup(MeterSource.class).add(new Source());
        MetricsPlugin.enter(getClass().getClassLoader());

        assertThat(registry.getNames())
                .contains("shera.connections.up", "shera.connections.down", "shera.changes.refused")
                .contains("shera.background.waiting", "shera.background.skipped", "shera.audit.writable");
        OPEN.set(7);
        assertThat(value("shera.test.open")).isEqualTo(7L);
        OPEN.set(8);
        assertThat(value("shera.test.open")).isEqualTo(8L);
        assertThat(value("shera.test.broken")).isNull();

        long before = (Long) value("shera.changes.refused");
        Meters.get().change("metrics.test", "shop", "refused");
        Meters.get().change("metrics.test", "bank", "refused");
        assertThat(value("shera.changes.refused")).isEqualTo(before + 2);
        assertThat(registry.getNames()).noneMatch(name -> name.contains("shop"));
    }

    @Test
    void figuresThatAreThereAlreadyAreLeft(JenkinsRule r) throws Exception {
        MetricsPlugin.enter(getClass().getClassLoader());
        int names = registry.getNames().size();
        MetricsPlugin.enter(getClass().getClassLoader());
        assertThat(registry.getNames()).hasSize(names);
    }

    @Test
    void withoutThePluginNothingIsEntered(JenkinsRule r) {
        MetricsPlugin.enter();
        assertThat(registry.getNames()).isEmpty();
    }

    private Object value(String name) {
        return ((Gauge<?>) registry.getGauges().get(name)).getValue();
    }
}
