package io.jenkins.plugins.shera.platform.neighbours;

import hudson.PluginWrapper;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.extension.MeterSource;
import io.jenkins.plugins.shera.platform.meters.Total;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Sums of our figures among those of the Metrics plugin (4.2.37-489.vb_6db_69b_ce753), which knows no labels. Whoever may see its
 * figures need not see tenants, so none is named. The plugin is no dependency, not even an optional one: through it each of our plugins
 * would see the Jackson of others before that of the platform.
 */
public final class MetricsPlugin {
    private static final Logger LOGGER = Logger.getLogger(MetricsPlugin.class.getName());

    private MetricsPlugin() {}

    /** Enters the gauges where the plugin is there; a plugin that is not as we know it costs a line of the log. */
    @Initializer(after = InitMilestone.JOB_LOADED)
    public static void enter() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().getPlugin("metrics");
        if (plugin == null || !plugin.isActive()) {
            return;
        }
        try {
            enter(plugin.classLoader);
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            LOGGER.log(Level.INFO, "The Metrics plugin is told no figures of SheRa: it is not as known.", e);
        }
    }

    /** Enters the gauges into the registry that these classes have. */
    static void enter(ClassLoader classes) throws ReflectiveOperationException {
        Object registry = classes.loadClass("jenkins.metrics.api.Metrics")
                .getMethod("metricRegistry")
                .invoke(null);
        Class<?> gauge = classes.loadClass("com.codahale.metrics.Gauge");
        Method register = registry.getClass()
                .getMethod("register", String.class, classes.loadClass("com.codahale.metrics.Metric"));
        Collection<?> known =
                (Collection<?>) registry.getClass().getMethod("getNames").invoke(registry);
        for (MeterSource source : MeterSource.all()) {
            for (Total total : source.totals()) {
                String name = "shera." + total.name();
                if (!known.contains(name)) {
                    register.invoke(
                            registry, name, Proxy.newProxyInstance(classes, new Class<?>[] {gauge}, reading(total)));
                }
            }
        }
    }

    private static InvocationHandler reading(Total total) {
        return (proxy, method, arguments) -> switch (method.getName()) {
            case "getValue" -> read(total);
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "shera." + total.name();
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    /** Null where its source fails: one figure that is missing must not take the others from the reader. */
    private static Long read(Total total) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            return total.value().getAsLong();
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "shera." + total.name() + " cannot be read");
            return null;
        }
    }
}
