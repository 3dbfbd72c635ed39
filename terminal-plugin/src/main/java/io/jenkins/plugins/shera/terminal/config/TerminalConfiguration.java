package io.jenkins.plugins.shera.terminal.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.time.Duration;
import java.util.Arrays;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** Whose terminals are recorded, and how long recordings are kept; configuration as code knows it as {@code sheraTerminal}. */
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
        for (String each : words(wanted)) {
            if (!each.matches("\\*|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
                throw Refusal.input(
                        "recordedTenants",
                        Messages.TerminalConfiguration_tenant(),
                        Messages.TerminalConfiguration_tenant_next());
            }
        }
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

    /** Whether the sessions of the tenant of this id are recorded, whatever its environments say. */
    public synchronized boolean records(String tenant) {
        return Arrays.stream(words(recordedTenants)).anyMatch(each -> each.equals("*") || each.equals(tenant));
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

    private static String[] words(String text) {
        return text.isEmpty() ? new String[0] : text.split("[\\s,]+");
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
                    .before("{\"" + field + "\":\"" + before + "\"}")
                    .after("{\"" + field + "\":\"" + after + "\"}")
                    .done();
        }
    }
}
