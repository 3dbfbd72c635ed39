package io.jenkins.plugins.shera.build.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A SonarQube server, and which tenants may use it. */
public class SonarServer extends AbstractDescribableImpl<SonarServer> {
    private final String id;
    private final String url;
    private String credentialsId = "";
    private String webhookCredentialsId = "";
    private List<String> tenants = new ArrayList<>();

    /** {@code id} is what steps name it by, {@code url} where Jenkins and its agents reach it. */
    @DataBoundConstructor
    public SonarServer(String id, String url) {
        this.id = Util.fixNull(id).trim();
        this.url = Util.fixNull(url).trim();
    }

    public String getId() {
        return id;
    }

    public String getUrl() {
        return url;
    }

    /** A secret text: the token, looked up first in the tenant's folder, then at the top. */
    public String getCredentialsId() {
        return Util.fixNull(credentialsId);
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    /** A secret text at the top: the secret of the webhook; empty means that no webhook is taken. */
    public String getWebhookCredentialsId() {
        return Util.fixNull(webhookCredentialsId);
    }

    @DataBoundSetter
    public void setWebhookCredentialsId(String webhookCredentialsId) {
        this.webhookCredentialsId = Util.fixNull(webhookCredentialsId).trim();
    }

    /** Ids of the tenants that may use it, separated by spaces; empty means none. */
    public String getTenants() {
        return String.join(" ", tenants);
    }

    @DataBoundSetter
    public void setTenants(String ids) {
        String trimmed = Util.fixNull(ids).trim();
        this.tenants = trimmed.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(trimmed.split("[\\s,]+")));
    }

    /** Whether this tenant may use it. */
    public boolean serves(String tenant) {
        return tenants.contains(tenant);
    }

    @Extension
    @Symbol("sonarServer")
    public static final class DescriptorImpl extends Descriptor<SonarServer> {
        @Override
        public String getDisplayName() {
            return Messages.SonarServer_displayName();
        }
    }
}
