package io.jenkins.plugins.shera.platform.neighbours;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricSet;
import hudson.Extension;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.extension.MeterSource;
import io.jenkins.plugins.shera.platform.meters.Total;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.metrics.api.MetricProvider;

/**
 * Sums of our figures among those of the Metrics plugin, which asks for the names once at the start and knows no labels. Whoever may
 * see its figures need not see tenants, so none is named.
 */
@Extension(optional = true)
public final class MetricsPlugin extends MetricProvider {
    private static final Logger LOGGER = Logger.getLogger(MetricsPlugin.class.getName());

    @Override
    public MetricSet getMetricSet() {
        Map<String, Metric> gauges = new LinkedHashMap<>();
        for (MeterSource source : MeterSource.all()) {
            for (Total total : source.totals()) {
                gauges.put("shera." + total.name(), (Gauge<Long>) () -> read(total));
            }
        }
        return metrics(gauges);
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
