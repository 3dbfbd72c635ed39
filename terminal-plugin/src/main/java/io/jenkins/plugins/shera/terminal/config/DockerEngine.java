package io.jenkins.plugins.shera.terminal.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A docker engine, which tenants may enter containers of it, and what those containers must bear. */
public class DockerEngine extends AbstractDescribableImpl<DockerEngine> {
    private final String id;
    private final String url;
    private String credentialsId = "";
    private String caCertificate = "";
    private String tenants = "";
    private String labels = "";

    /** {@code url} is {@code unix:///var/run/docker.sock} or {@code tcp://host:2376}. */
    @DataBoundConstructor
    public DockerEngine(String id, String url) {
        this.id = Util.fixNull(id).strip();
        this.url = Util.fixNull(url).strip();
    }

    public String getId() {
        return id;
    }

    public String getUrl() {
        return url;
    }

    /** A certificate with its key, at the top: who we are to an engine that is reached by TLS. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).strip();
    }

    /** The authorities, as PEM, by one of which the engine's certificate is signed; empty for those of the JVM. */
    public String getCaCertificate() {
        return caCertificate;
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = Util.fixNull(caCertificate).strip();
    }

    /** Ids of the tenants that may enter containers of it, with spaces or commas between; empty means none. */
    public String getTenants() {
        return tenants;
    }

    @DataBoundSetter
    public void setTenants(String tenants) {
        this.tenants = Util.fixNull(tenants).strip();
    }

    /** Further labels that a container must bear, {@code name=value}, with spaces between. */
    public String getLabels() {
        return labels;
    }

    @DataBoundSetter
    public void setLabels(String labels) {
        this.labels = Util.fixNull(labels).strip();
    }

    /** Whether this tenant may use it. */
    public boolean serves(String tenant) {
        return words(tenants).contains(tenant);
    }

    /** The further labels by name; a word without a value stands for an empty one. */
    public Map<String, String> furtherLabels() {
        Map<String, String> all = new TreeMap<>();
        for (String word : words(labels)) {
            int at = word.indexOf('=');
            all.put(at < 0 ? word : word.substring(0, at), at < 0 ? "" : word.substring(at + 1));
        }
        return all;
    }

    static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("[\\s,]+"));
    }

    @Extension
    @Symbol("dockerEngine")
    public static final class DescriptorImpl extends Descriptor<DockerEngine> {
        @Override
        public String getDisplayName() {
            return Messages.DockerEngine_displayName();
        }
    }
}
