package io.jenkins.plugins.shera.monitoring.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.monitoring.logs.Stamps;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import io.jenkins.plugins.shera.monitoring.sources.TrustedPem;
import io.jenkins.plugins.shera.monitoring.sources.stores.ElasticLogs;
import io.jenkins.plugins.shera.monitoring.sources.stores.LogStore;
import io.jenkins.plugins.shera.monitoring.sources.stores.LokiLogs;
import io.jenkins.plugins.shera.monitoring.sources.stores.StoreClient;
import io.jenkins.plugins.shera.monitoring.sources.stores.StoreFields;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A store that keeps the logs of a cluster: Loki, Elasticsearch or OpenSearch. */
public class LogStoreSettings extends AbstractDescribableImpl<LogStoreSettings> {

    private static final String LOKI = "loki";
    private static final String ELASTICSEARCH = "elasticsearch";
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final String INDEX = "[a-z0-9.][a-z0-9._*,-]{0,250}";
    private static final String ORG = "[a-zA-Z0-9!._*'()-]{0,150}";

    private final String cluster;
    private final String kind;
    private final String url;
    private String index = "";
    private String orgId = "";
    private String credentialsId = "";
    private String caCertificate = "";
    private String fields = "";
    private String link = "";

    /** {@code kind} is {@code loki} or {@code elasticsearch}, which stands for OpenSearch, too. */
    @DataBoundConstructor
    public LogStoreSettings(String cluster, String kind, String url) {
        this.cluster = Util.fixNull(cluster).trim();
        this.kind = Util.fixNull(kind).trim();
        this.url = Util.fixNull(url).trim();
    }

    /** Id of the cluster whose logs it keeps. */
    public String getCluster() {
        return cluster;
    }

    public String getKind() {
        return kind;
    }

    public String getUrl() {
        return url;
    }

    /** Name or pattern of the indices of an Elasticsearch. */
    public String getIndex() {
        return Util.fixNull(index);
    }

    @DataBoundSetter
    public void setIndex(String index) {
        this.index = Util.fixNull(index).trim();
    }

    /** Which tenant of a Loki is asked, as X-Scope-OrgID; empty for none. */
    public String getOrgId() {
        return Util.fixNull(orgId);
    }

    @DataBoundSetter
    public void setOrgId(String orgId) {
        this.orgId = Util.fixNull(orgId).trim();
    }

    /** A user with password or a bearer token; empty for a store that asks for none. */
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

    /** How it names whose line it is, as {@code pod=kubernetes.pod_name.keyword message=log}; empty for the usual names. */
    public String getFields() {
        return Util.fixNull(fields);
    }

    @DataBoundSetter
    public void setFields(String fields) {
        this.fields = Util.fixNull(fields).trim();
    }

    /** Address of its own page, in which {@code {namespace}}, {@code {application}}, {@code {since}} and {@code {until}} are filled in. */
    public String getLink() {
        return Util.fixNull(link);
    }

    @DataBoundSetter
    public void setLink(String link) {
        this.link = Util.fixNull(link).trim();
    }

    /** The store; refuses when its credential is not to be found. */
    public LogStore open() {
        StoreClient client = new StoreClient(
                URI.create(url),
                Map.of(
                        "X-Scope-OrgID", getOrgId(),
                        "Authorization", ServerLogin.authorization(cluster, getCredentialsId())),
                getCaCertificate().isEmpty() ? null : TrustedPem.of(getCaCertificate()));
        return kind.equals(LOKI) ? new LokiLogs(client, names()) : new ElasticLogs(client, getIndex(), names());
    }

    private StoreFields names() {
        return StoreFields.read(getFields(), kind.equals(LOKI) ? StoreFields.LOKI : StoreFields.ELASTICSEARCH);
    }

    /** The store's own page for an application and a range, whose ends are milliseconds; empty where there is none. */
    public String link(String namespace, String application, Window window) {
        Instant now = Instant.now();
        Instant until = window.until() == Long.MAX_VALUE ? now : Stamps.instant(window.until());
        Instant since = window.since() == Long.MIN_VALUE + 1
                ? until.minus(Duration.ofHours(1))
                : Stamps.instant(window.since());
        return getLink()
                .replace("{namespace}", encoded(namespace))
                .replace("{application}", encoded(application))
                .replace("{since}", String.valueOf(since.toEpochMilli()))
                .replace("{until}", String.valueOf(until.toEpochMilli()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    void check() {
        boolean elastic = kind.equals(ELASTICSEARCH);
        if (!cluster.matches(LABEL) || !List.of(LOKI, ELASTICSEARCH).contains(kind) || !ServerLogin.isAddress(url)) {
            throw new IllegalArgumentException(Messages.LogStoreSettings_invalid(cluster, kind, url));
        }
        if (elastic != !getIndex().isEmpty()
                || elastic && !getIndex().matches(INDEX)
                || !getOrgId().matches(ORG)) {
            throw new IllegalArgumentException(Messages.LogStoreSettings_index(cluster));
        }
        if (!getLink().isEmpty() && !getLink().matches("https?://[^\\s\"<>]{1,2000}")) {
            throw new IllegalArgumentException(Messages.LogStoreSettings_link(cluster));
        }
        names();
        if (!getCaCertificate().isEmpty()) {
            TrustedPem.of(getCaCertificate());
        }
    }

    @Extension
    @Symbol("logStore")
    public static final class DescriptorImpl extends Descriptor<LogStoreSettings> {
        @Override
        public String getDisplayName() {
            return Messages.LogStoreSettings_displayName();
        }
    }
}
