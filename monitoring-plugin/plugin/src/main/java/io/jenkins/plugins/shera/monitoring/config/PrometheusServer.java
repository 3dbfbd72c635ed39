package io.jenkins.plugins.shera.monitoring.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.rules.ConfigMapRules;
import io.jenkins.plugins.shera.monitoring.rules.OperatorRules;
import io.jenkins.plugins.shera.monitoring.rules.PrometheusRules;
import io.jenkins.plugins.shera.monitoring.rules.RemoteRules;
import io.jenkins.plugins.shera.monitoring.rules.RuleObject;
import io.jenkins.plugins.shera.monitoring.rules.RuleTarget;
import io.jenkins.plugins.shera.monitoring.served.ThresholdDaemon;
import io.jenkins.plugins.shera.monitoring.sources.TrustedPem;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A Prometheus server that watches clusters, and where it gets rules from. */
public class PrometheusServer extends AbstractDescribableImpl<PrometheusServer> {

    private static final String ORG = "[a-zA-Z0-9!._*'()-]{0,150}";
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final String NAME = "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?";
    private static final String CONFIG_MAP = "ConfigMap";
    private static final String PROMETHEUS_RULE = "PrometheusRule";
    private static final String LABELLED = "[A-Za-z0-9._/-]{1,317}=[A-Za-z0-9._-]{0,63}";
    private static final String JOB = "shera-thresholds";
    private static final String JOB_NAME = "[A-Za-z0-9_./-]{1,100}";
    private static final int USUAL_TIMEOUT = 20;
    private static final int LONGEST_TIMEOUT = 300;

    private final String id;
    private final String url;
    private List<String> clusters = new ArrayList<>();
    private String rulesFolder = "";
    private String rulerNamespace = "";
    private String orgId = "";
    private String objectCluster = "";
    private String objectNamespace = "";
    private String objectName = "";
    private String objectKind = CONFIG_MAP;
    private String objectLabels = "";
    private String thresholdsUrl = "";
    private String thresholdsCredentialsId = "";
    private String thresholdsCaCertificate = "";
    private String thresholdsJob = "";
    private String promtool = "/usr/bin/promtool";
    private String credentialsId = "";
    private MachineSettings machine;
    private int timeoutSeconds;

    /** {@code url} as {@code http://prometheus:9090}. */
    @DataBoundConstructor
    public PrometheusServer(String id, String url) {
        this.id = Util.fixNull(id).trim();
        this.url = Util.fixNull(url).trim();
    }

    public String getId() {
        return id;
    }

    public String getUrl() {
        return url;
    }

    /** Ids of the clusters it watches, separated by spaces. */
    public String getClusters() {
        return String.join(" ", clusters);
    }

    @DataBoundSetter
    public void setClusters(String ids) {
        String trimmed = Util.fixNull(ids).trim();
        this.clusters = trimmed.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(trimmed.split("[\\s,]+")));
    }

    /** Whether it watches this cluster. */
    public boolean watches(String cluster) {
        return clusters.contains(cluster);
    }

    /** Folder on its machine; the server's configuration names {@code <folder>/current/*.yml} as rule files. */
    public String getRulesFolder() {
        return rulesFolder;
    }

    @DataBoundSetter
    public void setRulesFolder(String rulesFolder) {
        this.rulesFolder = Util.fixNull(rulesFolder).trim();
    }

    /** The machine of that folder where that is not Jenkins' own; null when it is. */
    public MachineSettings getMachine() {
        return machine;
    }

    @DataBoundSetter
    public void setMachine(MachineSettings machine) {
        this.machine = machine;
    }

    /** Name among the rule groups of a Mimir or Cortex where the rules are kept by its API; empty for a folder. */
    public String getRulerNamespace() {
        return Util.fixNull(rulerNamespace);
    }

    @DataBoundSetter
    public void setRulerNamespace(String rulerNamespace) {
        this.rulerNamespace = Util.fixNull(rulerNamespace).trim();
    }

    /** Which tenant of a Mimir or Cortex is asked, as X-Scope-OrgID; empty for none. */
    public String getOrgId() {
        return Util.fixNull(orgId);
    }

    @DataBoundSetter
    public void setOrgId(String orgId) {
        this.orgId = Util.fixNull(orgId).trim();
    }

    /** Id of the cluster of the platform where rules are kept in an object; empty for a folder or a ruler. */
    public String getObjectCluster() {
        return Util.fixNull(objectCluster);
    }

    @DataBoundSetter
    public void setObjectCluster(String objectCluster) {
        this.objectCluster = Util.fixNull(objectCluster).trim();
    }

    /** Namespace of that object. */
    public String getObjectNamespace() {
        return Util.fixNull(objectNamespace);
    }

    @DataBoundSetter
    public void setObjectNamespace(String objectNamespace) {
        this.objectNamespace = Util.fixNull(objectNamespace).trim();
    }

    /** Name of that object. */
    public String getObjectName() {
        return Util.fixNull(objectName);
    }

    @DataBoundSetter
    public void setObjectName(String objectName) {
        this.objectName = Util.fixNull(objectName).trim();
    }

    /** Kind of that object: ConfigMap or PrometheusRule. */
    public String getObjectKind() {
        return objectKind == null || objectKind.isEmpty() ? CONFIG_MAP : objectKind;
    }

    @DataBoundSetter
    public void setObjectKind(String objectKind) {
        this.objectKind = Util.fixNull(objectKind).trim();
    }

    /** Labels of a PrometheusRule, as {@code release=prometheus}, separated by spaces. */
    public String getObjectLabels() {
        return Util.fixNull(objectLabels);
    }

    @DataBoundSetter
    public void setObjectLabels(String objectLabels) {
        this.objectLabels = Util.fixNull(objectLabels).trim();
    }

    /** The object in the cluster where the rules are kept. */
    public RuleObject object() {
        return getObjectKind().equals(PROMETHEUS_RULE)
                ? new OperatorRules(getObjectNamespace(), getObjectName(), labels())
                : new ConfigMapRules(getObjectNamespace(), getObjectName());
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        for (String each : getObjectLabels().split("[\\s,]+")) {
            int sign = each.indexOf('=');
            if (sign > 0) {
                labels.put(each.substring(0, sign), each.substring(sign + 1));
            }
        }
        return labels;
    }

    private boolean isLabels() {
        return getObjectLabels().isEmpty()
                || getObjectKind().equals(PROMETHEUS_RULE)
                        && Stream.of(getObjectLabels().split("[\\s,]+")).allMatch(each -> each.matches(LABELLED));
    }

    /** Where a daemon serves thresholds to this server, as {@code https://monitoring.example.com:8442}; empty for rules alone. */
    public String getThresholdsUrl() {
        return Util.fixNull(thresholdsUrl);
    }

    @DataBoundSetter
    public void setThresholdsUrl(String thresholdsUrl) {
        this.thresholdsUrl = Util.fixNull(thresholdsUrl).trim().replaceAll("/+$", "");
    }

    /** A secret text: what the daemon is shown. */
    public String getThresholdsCredentialsId() {
        return Util.fixNull(thresholdsCredentialsId);
    }

    @DataBoundSetter
    public void setThresholdsCredentialsId(String credentialsId) {
        this.thresholdsCredentialsId = Util.fixNull(credentialsId).trim();
    }

    /** PEM of the authority that signed the daemon's certificate; empty for those this Java trusts. */
    public String getThresholdsCaCertificate() {
        return Util.fixNull(thresholdsCaCertificate);
    }

    @DataBoundSetter
    public void setThresholdsCaCertificate(String pem) {
        this.thresholdsCaCertificate = Util.fixNull(pem).trim();
    }

    /** The job as which this server scrapes the daemon. */
    public String getThresholdsJob() {
        return Util.fixNull(thresholdsJob).isEmpty() ? JOB : thresholdsJob;
    }

    @DataBoundSetter
    public void setThresholdsJob(String thresholdsJob) {
        this.thresholdsJob = Util.fixNull(thresholdsJob).trim();
    }

    /** Whether a daemon serves thresholds to it. */
    public boolean hasDaemon() {
        return !getThresholdsUrl().isEmpty();
    }

    /** That daemon; refuses when its credential is not to be found. */
    public ThresholdDaemon daemon() {
        String pem = getThresholdsCaCertificate();
        return new ThresholdDaemon(
                URI.create(getThresholdsUrl()),
                pem.isEmpty() ? null : TrustedPem.of(pem),
                ServerLogin.token("thresholdsCredentialsId", id, getThresholdsCredentialsId()));
    }

    /** Whether rules are kept there by SheRa at all. */
    public boolean hasRules() {
        return places() > 0;
    }

    private long places() {
        String object = getObjectCluster() + getObjectNamespace() + getObjectName();
        return Stream.of(rulesFolder, getRulerNamespace(), object)
                .filter(each -> !each.isEmpty())
                .count();
    }

    /** Path of promtool: on its machine for rules in a folder, else on that of Jenkins. */
    public String getPromtool() {
        return promtool;
    }

    @DataBoundSetter
    public void setPromtool(String promtool) {
        this.promtool = Util.fixNull(promtool).trim();
    }

    /** A user with password or a bearer token; empty for a server that asks for none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    /** How long an answer of it is waited for. */
    public int getTimeoutSeconds() {
        return timeoutSeconds <= 0 ? USUAL_TIMEOUT : timeoutSeconds;
    }

    /** 20 for 0. */
    @DataBoundSetter
    public void setTimeoutSeconds(int seconds) {
        this.timeoutSeconds = seconds <= 0 ? 0 : Math.min(LONGEST_TIMEOUT, seconds);
    }

    private Duration limit() {
        return Duration.ofSeconds(getTimeoutSeconds());
    }

    /** A client of it; refuses when its credential is not to be found. */
    public PrometheusClient client() {
        return new PrometheusClient(URI.create(url), ServerLogin.authorization(id, credentialsId), getOrgId(), limit());
    }

    /** The rules in its folder. */
    public RuleTarget folderRules() {
        if (machine == null) {
            return new PrometheusRules(Path.of(rulesFolder), Path.of(promtool), client());
        }
        return new RemoteRules(
                machine.machine(),
                new RemoteRules.Place(
                        rulesFolder, promtool, url, ServerLogin.authorization(id, credentialsId), getOrgId(), limit()));
    }

    void check() {
        if (!id.matches(LABEL) || !ServerLogin.isAddress(url)) {
            throw new IllegalArgumentException(Messages.PrometheusServer_invalid(id, url));
        }
        String ruler = getRulerNamespace();
        if (!ruler.isEmpty() && !ruler.matches(LABEL) || !getOrgId().matches(ORG)) {
            throw new IllegalArgumentException(Messages.PrometheusServer_ruler(id));
        }
        if (places() > 1) {
            throw new IllegalArgumentException(Messages.PrometheusServer_twoPlaces(id));
        }
        boolean named = !(getObjectCluster() + getObjectNamespace() + getObjectName()).isEmpty();
        if (named && !isObject()) {
            throw new IllegalArgumentException(Messages.PrometheusServer_object(id));
        }
        if (!List.of(CONFIG_MAP, PROMETHEUS_RULE).contains(getObjectKind()) || !isLabels()) {
            throw new IllegalArgumentException(Messages.PrometheusServer_kind(id));
        }
        if (machine != null) {
            machine.check(id);
            if (rulesFolder.isEmpty()) {
                throw new IllegalArgumentException(Messages.MachineSettings_noFolder(id));
            }
        }
        if (hasDaemon()) {
            checkDaemon();
        }
    }

    private void checkDaemon() {
        if (!ServerLogin.isSafe(getThresholdsUrl())
                || getThresholdsCredentialsId().isEmpty()
                || !getThresholdsJob().matches(JOB_NAME)
                || !hasRules()) {
            throw new IllegalArgumentException(Messages.PrometheusServer_daemon(id));
        }
        if (!getThresholdsCaCertificate().isEmpty()) {
            TrustedPem.of(getThresholdsCaCertificate());
        }
    }

    private boolean isObject() {
        return !getObjectCluster().isEmpty()
                && getObjectNamespace().matches(LABEL)
                && getObjectName().matches(NAME);
    }

    @Extension
    @Symbol("prometheusServer")
    public static final class DescriptorImpl extends Descriptor<PrometheusServer> {
        @Override
        public String getDisplayName() {
            return Messages.PrometheusServer_displayName();
        }
    }
}
