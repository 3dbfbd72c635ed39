package io.jenkins.plugins.shera.nginx.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.nginx.site.SiteAllowance;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Which directives the own files of one tenant may have, beside the usual ones and without some of them. */
public class TenantDirectives extends AbstractDescribableImpl<TenantDirectives> {
    private static final Pattern TENANT = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private final String tenant;
    private List<String> more = new ArrayList<>();
    private List<String> fewer = new ArrayList<>();

    /** {@code tenant} is its id. */
    @DataBoundConstructor
    public TenantDirectives(String tenant) {
        this.tenant = Util.fixNull(tenant).trim();
    }

    public String getTenant() {
        return tenant;
    }

    /** Directives that it may have beside the usual ones, separated by spaces. */
    public String getMore() {
        return String.join(" ", names(more));
    }

    @DataBoundSetter
    public void setMore(String directives) {
        this.more = words(directives);
    }

    /** Usual directives that it may not have, separated by spaces. */
    public String getFewer() {
        return String.join(" ", names(fewer));
    }

    @DataBoundSetter
    public void setFewer(String directives) {
        this.fewer = words(directives);
    }

    /** What the files may have; whatever was saved, nothing that no list may have. */
    SiteAllowance allowance() {
        return SiteAllowance.of(tenant, names(more), names(fewer));
    }

    /** Refuses a tenant that is none, and directives that no list may have. */
    void check() {
        if (!TENANT.matcher(tenant).matches()) {
            throw Refusal.input(
                    "directives", Messages.TenantDirectives_tenant(), Messages.TenantDirectives_tenant_next());
        }
        List<String> all = new ArrayList<>(names(more));
        all.addAll(names(fewer));
        for (String directive : all) {
            if (!SiteAllowance.mayBeAllowed(directive)) {
                throw Refusal.input(
                        "directives",
                        Messages.TenantDirectives_unsafe(shown(directive), tenant),
                        Messages.TenantDirectives_unsafe_next());
            }
        }
    }

    private static String shown(String word) {
        String plain = word.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 60 ? plain.substring(0, 60) + "..." : plain;
    }

    /** Settings that a hand wrote may lack a list. */
    private static List<String> names(List<String> names) {
        return names == null ? List.of() : names;
    }

    private static List<String> words(String text) {
        String trimmed = Util.fixNull(text).trim();
        return trimmed.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(trimmed.split("[\\s,;]+")));
    }

    /** Names it in forms. */
    @Extension
    @Symbol("tenantDirectives")
    public static final class DescriptorImpl extends Descriptor<TenantDirectives> {
        @Override
        public String getDisplayName() {
            return Messages.TenantDirectives_displayName();
        }
    }
}
