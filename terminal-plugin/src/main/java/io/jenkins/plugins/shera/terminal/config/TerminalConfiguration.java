package io.jenkins.plugins.shera.terminal.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Names;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.docker.EngineAddress;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** Whose terminals are recorded, how long recordings are kept, and the docker engines; configuration as code knows it as {@code sheraTerminal}. */
@Extension
@Symbol("sheraTerminal")
public class TerminalConfiguration extends GlobalConfiguration {
    private static final int USUAL_DAYS = 90;
    private static final int USUAL_MEGABYTES = 10_240;
    private static final int USUAL_RECORDING_MEGABYTES = 512;
    private static final int MOST_DAYS = 3650;
    private static final int MOST_MEGABYTES = 100_000_000;

    private String recordedTenants = "";
    private int keepDays = USUAL_DAYS;
    private int keepMegabytes = USUAL_MEGABYTES;
    private int recordingMegabytes = USUAL_RECORDING_MEGABYTES;
    private List<DockerEngine> engines = new ArrayList<>();

    /** Reads what was saved. */
    public TerminalConfiguration() {
        load();
    }

    /** The one instance. */
    public static TerminalConfiguration get() {
        return ExtensionList.lookupSingleton(TerminalConfiguration.class);
    }

    /** Ids of the tenants whose sessions are recorded, with spaces or commas between; {@code *} for all. */
    public synchronized String getRecordedTenants() {
        return recordedTenants;
    }

    /** Needs SheRa/Administer. */
    @DataBoundSetter
    public synchronized void setRecordedTenants(String tenants) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        String wanted = Util.fixNull(tenants).strip();
        tenants(wanted, "recordedTenants", "\\*|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
        change("recordedTenants", recordedTenants, wanted);
        recordedTenants = wanted;
        save();
    }

    /** Days a recording is kept. */
    public synchronized int getKeepDays() {
        return keepDays;
    }

    /** Needs SheRa/Administer; 1 to 3650. */
    @DataBoundSetter
    public synchronized void setKeepDays(int days) {
        int wanted = number("keepDays", days, MOST_DAYS);
        change("keepDays", String.valueOf(keepDays), String.valueOf(wanted));
        keepDays = wanted;
        save();
    }

    /** MiB of all recordings together, past which the oldest go. */
    public synchronized int getKeepMegabytes() {
        return keepMegabytes;
    }

    /** Needs SheRa/Administer. */
    @DataBoundSetter
    public synchronized void setKeepMegabytes(int megabytes) {
        int wanted = number("keepMegabytes", megabytes, MOST_MEGABYTES);
        change("keepMegabytes", String.valueOf(keepMegabytes), String.valueOf(wanted));
        keepMegabytes = wanted;
        save();
    }

    /** MiB of one recording, past which its session ends. */
    public synchronized int getRecordingMegabytes() {
        return recordingMegabytes;
    }

    /** Needs SheRa/Administer. */
    @DataBoundSetter
    public synchronized void setRecordingMegabytes(int megabytes) {
        int wanted = number("recordingMegabytes", megabytes, MOST_MEGABYTES);
        change("recordingMegabytes", String.valueOf(recordingMegabytes), String.valueOf(wanted));
        recordingMegabytes = wanted;
        save();
    }

    /** Docker engines whose containers can be entered. */
    public synchronized List<DockerEngine> getEngines() {
        return engines == null ? List.of() : List.copyOf(engines);
    }

    /** Replaces them all; needs SheRa/Administer. */
    @DataBoundSetter
    public synchronized void setEngines(List<DockerEngine> wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        List<DockerEngine> checked = wanted == null ? new ArrayList<>() : new ArrayList<>(wanted);
        Set<String> ids = new HashSet<>();
        for (DockerEngine each : checked) {
            check(each);
            if (!ids.add(each.getId())) {
                throw Refusal.input(
                        each.getId(),
                        Messages.TerminalConfiguration_twice(),
                        Messages.TerminalConfiguration_twice_next());
            }
        }
        change("engines", told(getEngines()), told(checked));
        engines = checked;
        save();
    }

    private static void check(DockerEngine engine) {
        Names.label("id", engine.getId());
        if (!EngineAddress.isOne(engine.getUrl())) {
            throw Refusal.input("url", Messages.TerminalConfiguration_url(), Messages.TerminalConfiguration_url_next());
        }
        if (!EngineAddress.isUnix(engine.getUrl()) && engine.getCredentialsId().isEmpty()) {
            throw Refusal.input(
                    "credentialsId",
                    Messages.TerminalConfiguration_credentials(),
                    Messages.TerminalConfiguration_credentials_next());
        }
        if (!engine.getCaCertificate().isEmpty()) {
            try {
                EngineTrust.certificates(engine.getCaCertificate());
            } catch (CertificateException e) {
                throw Refusal.input(
                        "caCertificate", String.valueOf(e.getMessage()), Messages.TerminalConfiguration_ca_next());
            }
        }
        tenants(engine.getTenants(), "tenants", "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
        for (String label : DockerEngine.words(engine.getLabels())) {
            if (!label.matches("[A-Za-z0-9._/-]{1,128}(=[A-Za-z0-9._:/@-]{0,200})?")) {
                throw Refusal.input(
                        "labels",
                        Messages.TerminalConfiguration_labels(),
                        Messages.TerminalConfiguration_labels_next());
            }
        }
    }

    /** Who may go where, for the audit trail. */
    private static String told(List<DockerEngine> all) {
        return all.stream()
                .map(each ->
                        each.getId() + " " + each.getUrl() + " [" + each.getTenants() + "] {" + each.getLabels() + "}")
                .collect(Collectors.joining("; "));
    }

    private static void tenants(String text, String field, String pattern) {
        for (String each : DockerEngine.words(text)) {
            if (!each.matches(pattern)) {
                throw Refusal.input(
                        field, Messages.TerminalConfiguration_tenant(), Messages.TerminalConfiguration_tenant_next());
            }
        }
    }

    /** Whether the sessions of the tenant of this id are recorded, whatever its environments say. */
    public synchronized boolean records(String tenant) {
        return DockerEngine.words(recordedTenants).stream().anyMatch(each -> each.equals("*") || each.equals(tenant));
    }

    /** How long recordings are kept. */
    public Duration keep() {
        return Duration.ofDays(getKeepDays());
    }

    /** Bytes of all together. */
    public long keepBytes() {
        return (long) getKeepMegabytes() << 20;
    }

    /** Bytes of one. */
    public long recordingBytes() {
        return (long) getRecordingMegabytes() << 20;
    }

    private static int number(String field, int value, int most) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        if (value < 1 || value > most) {
            throw Refusal.input(
                    field, Messages.TerminalConfiguration_number(most), Messages.TerminalConfiguration_number_next());
        }
        return value;
    }

    private static void change(String field, String before, String after) {
        if (!before.equals(after)) {
            AuditLine.of("terminal.configure", "platform")
                    .before(json(field, before))
                    .after(json(field, after))
                    .done();
        }
    }

    private static String json(String field, String value) {
        return JsonNodeFactory.instance.objectNode().put(field, value).toString();
    }
}
