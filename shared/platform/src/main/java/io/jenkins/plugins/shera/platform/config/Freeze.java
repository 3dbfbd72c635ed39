package io.jenkins.plugins.shera.platform.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.freeze.FreezeText;
import io.jenkins.plugins.shera.platform.freeze.FreezeWindow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A freeze of a tenant as it is written; {@link #window()} reads it. */
public final class Freeze extends AbstractDescribableImpl<Freeze> {

    private final String name;
    private String days;
    private List<String> dates = new ArrayList<>();
    private String from;
    private String to;
    private String zone = "UTC";
    private String environments;

    /** {@code name} says what for, as {@code trading hours}. */
    @DataBoundConstructor
    public Freeze(String name) {
        this.name = Util.fixNull(name).trim();
    }

    public String getName() {
        return name;
    }

    /** Days of the week, as {@code MON-FRI,SUN}. */
    public String getDays() {
        return Util.fixNull(days);
    }

    @DataBoundSetter
    public void setDays(String days) {
        this.days = Util.fixEmptyAndTrim(days);
    }

    /** Days of the calendar, as {@code 2026-10-01} or {@code 2026-10-01..2026-10-07}. */
    public List<String> getDates() {
        return Collections.unmodifiableList(dates);
    }

    @DataBoundSetter
    public void setDates(List<String> dates) {
        this.dates = new ArrayList<>(Util.fixNull(dates));
    }

    /** Time of day at which it begins, as {@code 09:15}; empty, with {@code to}, for the whole day. */
    public String getFrom() {
        return Util.fixNull(from);
    }

    @DataBoundSetter
    public void setFrom(String from) {
        this.from = Util.fixEmptyAndTrim(from);
    }

    /** Time of day at which it is over. */
    public String getTo() {
        return Util.fixNull(to);
    }

    @DataBoundSetter
    public void setTo(String to) {
        this.to = Util.fixEmptyAndTrim(to);
    }

    /** The time zone of days and times, as {@code Asia/Shanghai}. */
    public String getZone() {
        return zone;
    }

    @DataBoundSetter
    public void setZone(String zone) {
        this.zone = Util.fixEmptyAndTrim(zone) == null ? "UTC" : zone.trim();
    }

    /** Names of environments it holds for, separated by spaces or commas; empty for all. */
    public String getEnvironments() {
        return Util.fixNull(environments);
    }

    @DataBoundSetter
    public void setEnvironments(String environments) {
        this.environments = Util.fixEmptyAndTrim(environments);
    }

    /** The window it means, or a refusal at the field that cannot be read. */
    public FreezeWindow window() {
        return FreezeText.window(name, getDays(), dates, getFrom(), getTo(), zone, getEnvironments());
    }

    @Extension
    @Symbol("freeze")
    public static final class DescriptorImpl extends Descriptor<Freeze> {
        @Override
        public String getDisplayName() {
            return Messages.Freeze_displayName();
        }
    }
}
