package io.jenkins.plugins.shera.platform.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.shera.platform.extension.MeterSource;
import io.jenkins.plugins.shera.platform.neighbours.MetricsPlugin;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import jenkins.metrics.api.MetricProvider;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class MetricsPluginTest {
    private static final AtomicLong OPEN = new AtomicLong();

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

    @Test
    void figuresAreReadWhenTheyAreAskedForAndOneThatFailsLeavesTheOthers(JenkinsRule r) {
        ExtensionList.lookup(MeterSource.class).add(new Source());
        MetricRegistry registry = new MetricRegistry();
        registry.registerAll(ExtensionList.lookupSingleton(MetricProvider.class).getMetricSet());

        assertThat(registry.getNames())
                .contains("shera.connections.up", "shera.connections.down", "shera.changes.refused")
                .contains("shera.background.waiting", "shera.background.skipped", "shera.audit.writable");
        OPEN.set(7);
        assertThat(value(registry, "shera.test.open")).isEqualTo(7L);
        OPEN.set(8);
        assertThat(value(registry, "shera.test.open")).isEqualTo(8L);
        assertThat(value(registry, "shera.test.broken")).isNull();

        long before = (Long) value(registry, "shera.changes.refused");
        Meters.get().change("metrics.test", "shop", "refused");
        Meters.get().change("metrics.test", "bank", "refused");
        assertThat(value(registry, "shera.changes.refused")).isEqualTo(before + 2);
        assertThat(registry.getNames()).noneMatch(name -> name.contains("shop"));
    }

    private static Object value(MetricRegistry registry, String name) {
        return ((Gauge<?>) registry.getGauges().get(name)).getValue();
    }

    /** Jenkins logs no extension that is optional and cannot be loaded, and goes on. */
    @Test
    void withoutTheMetricsPluginOnlyThisExtensionIsMissing(JenkinsRule r) throws Exception {
        ClassLoader without = new ClassLoader(getClass().getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.startsWith("jenkins.metrics.")
                        || name.startsWith("com.codahale.")
                        || name.startsWith("io.jenkins.plugins.shera.platform.")) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
        };
        File classes = new File(MetricsPlugin.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> missing = new ArrayList<>();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toURI().toURL()}, without)) {
            for (IndexItem<Extension, Object> item : Index.load(Extension.class, Object.class, loader)) {
                if (item.className().startsWith("io.jenkins.plugins.shera.platform.")) {
                    try {
                        item.element();
                    } catch (InstantiationException | LinkageError e) {
                        missing.add(item.className());
                        assertThat(item.annotation().optional()).isTrue();
                        assertThatThrownBy(item::instance).isNotInstanceOf(RuntimeException.class);
                    }
                }
            }
        }
        assertThat(missing).contains(MetricsPlugin.class.getName()).allMatch(MetricsPlugin.class.getName()::equals);
    }
}
