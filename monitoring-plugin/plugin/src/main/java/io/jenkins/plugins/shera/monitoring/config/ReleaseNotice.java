package io.jenkins.plugins.shera.monitoring.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.platform.extension.ReleaseNews;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.Locale;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Which news of a tenant's releases one of its receivers hears; what is left out means all. */
public class ReleaseNotice extends AbstractDescribableImpl<ReleaseNotice> {

    private static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    private final String tenant;
    private final String receiver;
    private String event = "";
    private String application = "";
    private String environment = "";
    private String language = "";

    /** {@code receiver} is the name of a receiver of that tenant. */
    @DataBoundConstructor
    public ReleaseNotice(String tenant, String receiver) {
        this.tenant = Util.fixNull(tenant).trim();
        this.receiver = Util.fixNull(receiver).trim();
    }

    /** Id of the tenant. */
    public String getTenant() {
        return tenant;
    }

    /** Name of its receiver. */
    public String getReceiver() {
        return receiver;
    }

    /** {@code waiting}, {@code failed}, {@code wentBack} or {@code finished}; empty for all four. */
    public String getEvent() {
        return Util.fixNull(event);
    }

    @DataBoundSetter
    public void setEvent(String event) {
        this.event = Util.fixNull(event).trim();
    }

    /** Name of one application; empty for all. */
    public String getApplication() {
        return Util.fixNull(application);
    }

    @DataBoundSetter
    public void setApplication(String application) {
        this.application = Util.fixNull(application).trim();
    }

    /** Name of one environment; empty for all. */
    public String getEnvironment() {
        return Util.fixNull(environment);
    }

    @DataBoundSetter
    public void setEnvironment(String environment) {
        this.environment = Util.fixNull(environment).trim();
    }

    /** {@code zh-CN} or {@code zh-TW}; empty for English. */
    public String getLanguage() {
        return Util.fixNull(language);
    }

    @DataBoundSetter
    public void setLanguage(String language) {
        this.language = Util.fixNull(language).trim();
    }

    /** The language the receiver is told in. */
    public Locale locale() {
        return getLanguage().isEmpty() ? Locale.ENGLISH : Locale.forLanguageTag(language);
    }

    /** Whether the receiver is to hear of this. */
    public boolean wants(ReleaseNews news) {
        return tenant.equals(news.tenant())
                && fits(getEvent(), news.event().id())
                && news.concerns(getApplication(), getEnvironment());
    }

    private static boolean fits(String wanted, String is) {
        return wanted.isEmpty() || wanted.equals(is);
    }

    /** Refuses what could never be told. */
    public void check() {
        named("tenant", tenant, false);
        named("receiver", receiver, false);
        named("application", getApplication(), true);
        named("environment", getEnvironment(), true);
        if (!getEvent().isEmpty() && ReleaseNews.Event.of(event).isEmpty()) {
            throw Refusal.input("event", Messages.ReleaseNotice_event(event), Messages.ReleaseNotice_event_next());
        }
        if (!getLanguage().matches("(zh-CN|zh-TW)?")) {
            throw Refusal.input(
                    "language", Messages.ReleaseNotice_language(language), Messages.ReleaseNotice_language_next());
        }
    }

    private static void named(String field, String name, boolean mayLack) {
        if (!(mayLack && name.isEmpty()) && !name.matches(NAME)) {
            throw Refusal.input(field, Messages.ReleaseNotice_name(name), Messages.ReleaseNotice_name_next());
        }
    }

    /** Names it for configuration as code. */
    @Extension
    @Symbol("releaseNotice")
    public static final class DescriptorImpl extends Descriptor<ReleaseNotice> {
        @Override
        public String getDisplayName() {
            return Messages.ReleaseNotice_displayName();
        }
    }
}
