package io.jenkins.plugins.shera.monitoring.desk;

import io.jenkins.plugins.shera.monitoring.charts.Chart;
import io.jenkins.plugins.shera.monitoring.charts.JoinedChart;
import io.jenkins.plugins.shera.monitoring.config.MetricHistorySettings;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.history.InfluxHistory;
import io.jenkins.plugins.shera.monitoring.sources.stores.StoreException;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The history of a cluster, as one reading of an environment's charts asks it. It is asked as the platform: whose values they are is for
 * the query to say, which names the environment's own namespace.
 */
public final class MetricPast {

    private static final Logger LOG = Logger.getLogger(MetricPast.class.getName());
    private static final String SHARED = "SHARED";
    private static final Semaphore AT_A_TIME = new Semaphore(4);

    private final Optional<MetricHistorySettings> settings;
    private final Subject subject;
    private final boolean mixed;
    private InfluxHistory history;
    private String problem = "";

    /** Of an environment whose namespace is the tenant's own. */
    public MetricPast(Tenant tenant, Environment environment, Subject subject) {
        this.settings = MonitoringConfiguration.get().metricHistoryOf(environment.getCluster());
        this.subject = subject;
        this.mixed = settings.isPresent() && isMixed(settings.get(), tenant, environment);
    }

    /** The history from which a namespace can be asked without another tenant's of the same name. */
    public static Optional<MetricHistorySettings> of(Tenant tenant, Environment environment) {
        return MonitoringConfiguration.get()
                .metricHistoryOf(environment.getCluster())
                .filter(each -> !isMixed(each, tenant, environment));
    }

    private static boolean isMixed(MetricHistorySettings settings, Tenant tenant, Environment environment) {
        return settings.getConditions().isEmpty()
                && SheraConfiguration.get().getTenants().stream()
                        .filter(other -> !other.getId().equals(tenant.getId()))
                        .flatMap(other -> other.getNamespaces().stream())
                        .anyMatch(each -> each.getNamespace().equals(environment.getNamespace()));
    }

    /** The chart with its beginning where Prometheus has none of it; as it was where the history gave nothing. */
    public JoinedChart before(Chart chart, Chart.Span span) {
        if (settings.isEmpty() || !problem.isEmpty() || !JoinedChart.isOpen(chart, span)) {
            return JoinedChart.of(chart);
        }
        if (mixed) {
            problem = SHARED;
            return JoinedChart.of(chart);
        }
        if (!AT_A_TIME.tryAcquire()) {
            problem = StoreException.Kind.STORE_DOWN.name();
            return JoinedChart.of(chart);
        }
        try {
            if (history == null) {
                history = settings.get().open();
            }
            return JoinedChart.read(chart, history, subject, span);
        } catch (Refusal e) {
            LOG.log(Level.FINE, "The history cannot be asked", e);
            problem = StoreException.Kind.STORE_LOGIN.name();
        } catch (IOException e) {
            LOG.log(Level.FINE, "The history gave nothing", e);
            problem = e instanceof StoreException said ? said.kind().name() : StoreException.Kind.STORE_FAILED.name();
        } finally {
            AT_A_TIME.release();
        }
        return JoinedChart.of(chart);
    }

    /** Its name; empty where the cluster has none. */
    public String name() {
        return settings.map(MetricHistorySettings::getId).orElse("");
    }

    /** Why it gave nothing, in one word; empty when it gave what it was asked for. */
    public String problem() {
        return problem;
    }
}
