package io.jenkins.plugins.shera.monitoring.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.shera.monitoring.history.InfluxHistory;
import io.jenkins.plugins.shera.monitoring.history.InfluxPlace;
import io.jenkins.plugins.shera.monitoring.history.InfluxSchema;
import io.jenkins.plugins.shera.monitoring.sources.TrustedPem;
import io.jenkins.plugins.shera.monitoring.sources.stores.StoreClient;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** An InfluxDB 1.x that keeps what a cluster measured before Prometheus did, or for longer. */
public class MetricHistorySettings extends AbstractDescribableImpl<MetricHistorySettings> {

    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final String NAME = "[A-Za-z0-9_.-]{1,100}";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String id;
    private final String cluster;
    private final String url;
    private final String database;
    private String retentionPolicy = "";
    private String conditions = "";
    private String mapping = "";
    private String credentialsId = "";
    private String caCertificate = "";

    /** {@code url} as {@code http://influxdb:8086}, {@code database} as {@code k8s}. */
    @DataBoundConstructor
    public MetricHistorySettings(String id, String cluster, String url, String database) {
        this.id = Util.fixNull(id).trim();
        this.cluster = Util.fixNull(cluster).trim();
        this.url = Util.fixNull(url).trim();
        this.database = Util.fixNull(database).trim();
    }

    /** By which pages name it. */
    public String getId() {
        return id;
    }

    /** Id of the cluster whose measurements it keeps. */
    public String getCluster() {
        return cluster;
    }

    public String getUrl() {
        return url;
    }

    public String getDatabase() {
        return database;
    }

    /** Empty for the usual one of the database; Heapster's is {@code default}. */
    public String getRetentionPolicy() {
        return Util.fixNull(retentionPolicy);
    }

    @DataBoundSetter
    public void setRetentionPolicy(String retentionPolicy) {
        this.retentionPolicy = Util.fixNull(retentionPolicy).trim();
    }

    /** Tags of this cluster's series, as {@code cluster_name=east}; needed where several clusters share the database. */
    public String getConditions() {
        return Util.fixNull(conditions);
    }

    @DataBoundSetter
    public void setConditions(String conditions) {
        this.conditions = Util.fixNull(conditions).trim();
    }

    /** Which measurement is which metric, a line for each; empty for Heapster's. */
    public String getMapping() {
        return Util.fixNull(mapping);
    }

    @DataBoundSetter
    public void setMapping(String mapping) {
        this.mapping = Util.fixNull(mapping).trim();
    }

    /** A user with password or a token, who should only be able to read; empty for an InfluxDB that asks for none. */
    public String getCredentialsId() {
        return Util.fixNull(credentialsId);
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    /** PEM of the authority that signed its certificate; empty for those this Java trusts. */
    public String getCaCertificate() {
        return Util.fixNull(caCertificate);
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = Util.fixNull(caCertificate).trim();
    }

    /** The history; refuses when its credential is not to be found. */
    public InfluxHistory open() {
        StoreClient client = new StoreClient(
                URI.create(url),
                Map.of("Authorization", ServerLogin.authorization(id, getCredentialsId())),
                getCaCertificate().isEmpty() ? null : TrustedPem.of(getCaCertificate()),
                LIMIT);
        return new InfluxHistory(
                id,
                client,
                new InfluxPlace(database, getRetentionPolicy(), InfluxSchema.conditions(getConditions())),
                InfluxSchema.read(getMapping()));
    }

    void check() {
        if (!id.matches(LABEL) || !cluster.matches(LABEL) || !ServerLogin.isAddress(url)) {
            throw new IllegalArgumentException(Messages.MetricHistorySettings_invalid(id, cluster, url));
        }
        if (!database.matches(NAME)
                || !getRetentionPolicy().isEmpty() && !getRetentionPolicy().matches(NAME)) {
            throw new IllegalArgumentException(Messages.MetricHistorySettings_database(id));
        }
        InfluxSchema.conditions(getConditions());
        InfluxSchema.read(getMapping());
        if (!getCaCertificate().isEmpty()) {
            TrustedPem.of(getCaCertificate());
        }
    }

    /** Refuses what would mix up clusters: two for one of them, or the same series for two. */
    static void check(List<MetricHistorySettings> all) {
        for (MetricHistorySettings each : all) {
            each.check();
            for (MetricHistorySettings other : all) {
                boolean same = other.url.equals(each.url)
                        && other.database.equals(each.database)
                        && other.getConditions().equals(each.getConditions());
                if (other != each && (same || other.id.equals(each.id) || other.cluster.equals(each.cluster))) {
                    throw new IllegalArgumentException(Messages.MetricHistorySettings_twice(each.id, other.id));
                }
            }
        }
    }

    @Extension
    @Symbol("metricHistory")
    public static final class DescriptorImpl extends Descriptor<MetricHistorySettings> {
        @Override
        public String getDisplayName() {
            return Messages.MetricHistorySettings_displayName();
        }

        /** Whether it answers, and which metrics it has. */
        @RequirePOST
        public FormValidation doTest(
                @QueryParameter String id,
                @QueryParameter String cluster,
                @QueryParameter String url,
                @QueryParameter String database,
                @QueryParameter String retentionPolicy,
                @QueryParameter String conditions,
                @QueryParameter String mapping,
                @QueryParameter String credentialsId,
                @QueryParameter String caCertificate) {
            Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
            MetricHistorySettings tried = new MetricHistorySettings(id, cluster, url, database);
            tried.setRetentionPolicy(retentionPolicy);
            tried.setConditions(conditions);
            tried.setMapping(mapping);
            tried.setCredentialsId(credentialsId);
            tried.setCaCertificate(caCertificate);
            try {
                tried.check();
                InfluxHistory history = tried.open();
                String version = history.version();
                List<String> present = history.present();
                return present.isEmpty()
                        ? FormValidation.warning(Messages.MetricHistorySettings_nothing(version, tried.database))
                        : FormValidation.ok(Messages.MetricHistorySettings_said(version, String.join(", ", present)));
            } catch (Refusal | IllegalArgumentException | IOException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
