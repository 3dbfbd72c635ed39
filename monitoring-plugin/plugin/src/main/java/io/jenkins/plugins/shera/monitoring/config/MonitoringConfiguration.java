package io.jenkins.plugins.shera.monitoring.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import io.jenkins.plugins.shera.monitoring.alertmanager.NoticePolicy;
import io.jenkins.plugins.shera.monitoring.thresholds.ThresholdBook;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;

/** The Prometheus servers and everyone's thresholds; configuration as code knows it as {@code sheraMonitoring}. */
@Extension
@Symbol("sheraMonitoring")
public class MonitoringConfiguration extends GlobalConfiguration {

    private List<PrometheusServer> prometheusServers = new ArrayList<>();
    private List<AlertmanagerServer> alertmanagers = new ArrayList<>();
    private List<LogAgentSettings> logAgents = new ArrayList<>();
    private List<LogStoreSettings> logStores = new ArrayList<>();
    private List<MetricHistorySettings> metricHistories = new ArrayList<>();
    private String alarmKind = "";
    private String alarmCredentialsId = "";
    private String alarmSigningCredentialsId = "";
    private int heartbeatSeconds;
    private String groupWaitLimits = "";
    private String groupIntervalLimits = "";
    private String repeatIntervalLimits = "";
    private String platformOutages = "";
    private String outageLabels = "";
    private List<ThresholdSettings> thresholds = new ArrayList<>();

    /** Reads what was saved. */
    public MonitoringConfiguration() {
        load();
    }

    /** The one instance. */
    public static MonitoringConfiguration get() {
        return ExtensionList.lookupSingleton(MonitoringConfiguration.class);
    }

    public synchronized List<PrometheusServer> getPrometheusServers() {
        return List.copyOf(prometheusServers);
    }

    /** Replaces them all; needs SheRa/Administer. */
    public synchronized void setPrometheusServers(List<PrometheusServer> wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        List<PrometheusServer> copy = wanted == null ? new ArrayList<>() : new ArrayList<>(wanted);
        copy.forEach(PrometheusServer::check);
        List<String> daemons = copy.stream()
                .filter(PrometheusServer::hasDaemon)
                .map(PrometheusServer::getThresholdsUrl)
                .toList();
        if (new HashSet<>(daemons).size() < daemons.size()) {
            throw new IllegalArgumentException(Messages.PrometheusServer_sharedDaemon());
        }
        prometheusServers = copy;
        save();
        AuditLine.of("monitoring.servers", "platform").done();
    }

    /** Every Alertmanager; empty for files saved before there were any. */
    public synchronized List<AlertmanagerServer> getAlertmanagers() {
        return alertmanagers == null ? List.of() : List.copyOf(alertmanagers);
    }

    /** Replaces them all; needs SheRa/Administer. */
    public synchronized void setAlertmanagers(List<AlertmanagerServer> wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        List<AlertmanagerServer> copy = wanted == null ? new ArrayList<>() : new ArrayList<>(wanted);
        copy.forEach(AlertmanagerServer::check);
        alertmanagers = copy;
        save();
        AuditLine.of("monitoring.alertmanagers", "platform").done();
    }

    /** Where the log agents of clusters answer; empty for files saved before there were any. */
    public synchronized List<LogAgentSettings> getLogAgents() {
        return logAgents == null ? List.of() : List.copyOf(logAgents);
    }

    /** Replaces them all; needs SheRa/Administer. */
    public synchronized void setLogAgents(List<LogAgentSettings> wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        List<LogAgentSettings> copy = wanted == null ? new ArrayList<>() : new ArrayList<>(wanted);
        copy.forEach(LogAgentSettings::check);
        logAgents = copy;
        save();
        AuditLine.of("monitoring.logAgents", "platform").done();
    }

    /** Those of a cluster. */
    public Optional<LogAgentSettings> logAgentOf(String cluster) {
        return getLogAgents().stream()
                .filter(each -> each.getCluster().equals(cluster))
                .findFirst();
    }

    /** The stores that keep logs of clusters; empty for files saved before there were any. */
    public synchronized List<LogStoreSettings> getLogStores() {
        return logStores == null ? List.of() : List.copyOf(logStores);
    }

    /** Replaces them all; needs SheRa/Administer. */
    public synchronized void setLogStores(List<LogStoreSettings> wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        List<LogStoreSettings> copy = wanted == null ? new ArrayList<>() : new ArrayList<>(wanted);
        copy.forEach(LogStoreSettings::check);
        logStores = copy;
        save();
        AuditLine.of("monitoring.logStores", "platform").done();
    }

    /** That of a cluster. */
    public Optional<LogStoreSettings> logStoreOf(String cluster) {
        return getLogStores().stream()
                .filter(each -> each.getCluster().equals(cluster))
                .findFirst();
    }

    /** What keeps measurements from before Prometheus; empty for files saved before there were any. */
    public synchronized List<MetricHistorySettings> getMetricHistories() {
        return metricHistories == null ? List.of() : List.copyOf(metricHistories);
    }

    /** Replaces them all; needs SheRa/Administer. */
    public synchronized void setMetricHistories(List<MetricHistorySettings> wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        List<MetricHistorySettings> copy = wanted == null ? new ArrayList<>() : new ArrayList<>(wanted);
        MetricHistorySettings.check(copy);
        metricHistories = copy;
        save();
        AuditLine.of("monitoring.metricHistories", "platform").done();
    }

    /** That of a cluster. */
    public Optional<MetricHistorySettings> metricHistoryOf(String cluster) {
        return getMetricHistories().stream()
                .filter(each -> each.getCluster().equals(cluster))
                .findFirst();
    }

    /** Which robot is told when Prometheus or Alertmanager itself is gone: {@code slack}, {@code wecom}, {@code dingtalk}, {@code lark}. */
    public synchronized String getAlarmKind() {
        return Util.fixNull(alarmKind).isEmpty() ? "slack" : alarmKind;
    }

    /** Needs SheRa/Administer. */
    public synchronized void setAlarmKind(String kind) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        String wanted = Util.fixNull(kind).trim();
        if (!wanted.matches("(slack|wecom|dingtalk|lark)?")) {
            throw new IllegalArgumentException(Messages.MonitoringConfiguration_kind(wanted));
        }
        alarmKind = wanted;
        save();
    }

    /** A secret text: the address of that robot. Empty: it stands in the log, the audit trail and on the platform page only. */
    public synchronized String getAlarmCredentialsId() {
        return Util.fixNull(alarmCredentialsId);
    }

    /** Needs SheRa/Administer. */
    public synchronized void setAlarmCredentialsId(String credentialsId) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        alarmCredentialsId = Util.fixNull(credentialsId).trim();
        save();
    }

    /** A secret text: what that robot wants messages signed with, where it is one of DingTalk or Lark; empty for none. */
    public synchronized String getAlarmSigningCredentialsId() {
        return Util.fixNull(alarmSigningCredentialsId);
    }

    /** Needs SheRa/Administer. */
    public synchronized void setAlarmSigningCredentialsId(String credentialsId) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        alarmSigningCredentialsId = Util.fixNull(credentialsId).trim();
        save();
    }

    /** How often each Prometheus shows that it is there, through Alertmanager. */
    public synchronized int getHeartbeatSeconds() {
        return heartbeatSeconds <= 0 ? 60 : heartbeatSeconds;
    }

    /** Needs SheRa/Administer; 60 for 0. */
    public synchronized void setHeartbeatSeconds(int seconds) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        heartbeatSeconds = seconds <= 0 ? 0 : Math.max(2, Math.min(3600, seconds));
        save();
    }

    /** The same as a duration. */
    public Duration heartbeat() {
        return Duration.ofSeconds(getHeartbeatSeconds());
    }

    /** The shortest and the longest time tenants may let others be waited for before the first message. */
    public synchronized String getGroupWaitLimits() {
        return Util.fixNull(groupWaitLimits).isEmpty() ? "0s 1h" : groupWaitLimits;
    }

    /** Needs SheRa/Administer. */
    public synchronized void setGroupWaitLimits(String limits) {
        groupWaitLimits = limits("groupWaitLimits", limits);
        save();
    }

    /** The shortest and the longest time tenants may let pass between messages about one group. */
    public synchronized String getGroupIntervalLimits() {
        return Util.fixNull(groupIntervalLimits).isEmpty() ? "1s 1d" : groupIntervalLimits;
    }

    /** Needs SheRa/Administer. */
    public synchronized void setGroupIntervalLimits(String limits) {
        groupIntervalLimits = limits("groupIntervalLimits", limits);
        save();
    }

    /** The shortest and the longest time after which tenants may be told again of what has not changed. */
    public synchronized String getRepeatIntervalLimits() {
        return Util.fixNull(repeatIntervalLimits).isEmpty() ? "1m 30d" : repeatIntervalLimits;
    }

    /** Needs SheRa/Administer. */
    public synchronized void setRepeatIntervalLimits(String limits) {
        repeatIntervalLimits = limits("repeatIntervalLimits", limits);
        save();
    }

    private static String limits(String field, String wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        String limits = Util.fixNull(wanted).trim();
        if (!limits.isEmpty()) {
            NoticePolicy.Span.read(field, limits);
        }
        return limits;
    }

    /** Names of the platform's own alerts, separated by spaces, during which no tenant is told of its alerts. */
    public synchronized String getPlatformOutages() {
        return Util.fixNull(platformOutages);
    }

    /** Needs SheRa/Administer. */
    public synchronized void setPlatformOutages(String alerts) {
        platformOutages = names(alerts);
        save();
    }

    /** Labels, separated by spaces, in which such an alert and a tenant's must agree. */
    public synchronized String getOutageLabels() {
        return Util.fixNull(outageLabels);
    }

    /** Needs SheRa/Administer. */
    public synchronized void setOutageLabels(String labels) {
        outageLabels = names(labels);
        save();
    }

    private static String names(String wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        List<String> names = words(Util.fixNull(wanted));
        NoticePolicy open = NoticePolicy.open();
        return String.join(
                " ",
                new NoticePolicy(open.groupWait(), open.groupInterval(), open.repeatInterval(), names, List.of())
                        .outages());
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("[\\s,]+"));
    }

    /** All of these as what the platform says about tenants' notices. */
    public synchronized NoticePolicy noticePolicy() {
        return new NoticePolicy(
                NoticePolicy.Span.read("groupWaitLimits", getGroupWaitLimits()),
                NoticePolicy.Span.read("groupIntervalLimits", getGroupIntervalLimits()),
                NoticePolicy.Span.read("repeatIntervalLimits", getRepeatIntervalLimits()),
                words(getPlatformOutages()),
                words(getOutageLabels()));
    }

    public synchronized List<ThresholdSettings> getThresholds() {
        return List.copyOf(thresholds);
    }

    /** Replaces everyone's thresholds, which tenants override; needs SheRa/Administer. */
    public synchronized void setThresholds(List<ThresholdSettings> wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        List<ThresholdSettings> copy = wanted == null ? new ArrayList<>() : new ArrayList<>(wanted);
        copy.forEach(ThresholdSettings::read);
        thresholds = copy;
        save();
        AuditLine.of("monitoring.thresholds", "platform").done();
    }

    /** Everyone's thresholds as the book below those of the tenants. */
    public ThresholdBook platformBook() {
        return new ThresholdBook(
                0,
                Map.of("", getThresholds().stream().map(ThresholdSettings::read).toList()));
    }

    /** The first server that watches this cluster. */
    public Optional<PrometheusServer> serverOf(String cluster) {
        return getPrometheusServers().stream()
                .filter(server -> server.watches(cluster))
                .findFirst();
    }
}
