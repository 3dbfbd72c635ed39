package io.jenkins.plugins.shera.monitoring.config;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.monitoring.sources.AgentAddress;
import io.jenkins.plugins.shera.monitoring.sources.AgentException;
import io.jenkins.plugins.shera.monitoring.sources.AgentLogs;
import io.jenkins.plugins.shera.monitoring.sources.TrustedPem;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Where the log agents of a cluster's nodes answer, and whose certificates they may show. */
public class LogAgentSettings extends AbstractDescribableImpl<LogAgentSettings> {

    private final String cluster;
    private final String address;
    private String caCertificate = "";

    /** {@code address} as {@code https://{node}:8441} or {@code https://{ip}:8441}. */
    @DataBoundConstructor
    public LogAgentSettings(String cluster, String address) {
        this.cluster = Util.fixNull(cluster).trim();
        this.address = Util.fixNull(address).trim();
    }

    /** Id of the cluster. */
    public String getCluster() {
        return cluster;
    }

    public String getAddress() {
        return address;
    }

    /** PEM of the authority that signed the agents' certificates; it and no other is trusted with tenants' tokens. */
    public String getCaCertificate() {
        return Util.fixNull(caCertificate);
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = Util.fixNull(caCertificate).trim();
    }

    /** The address, read. */
    public AgentAddress read() {
        return AgentAddress.of(address);
    }

    /** Whom to trust; null where the way leads nowhere else than to this machine, without TLS. */
    public SSLContext trust() {
        return read().isSecure() ? TrustedPem.of(getCaCertificate()) : null;
    }

    void check() {
        if (!cluster.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new IllegalArgumentException(Messages.LogAgentSettings_cluster(cluster));
        }
        trust();
    }

    @Extension
    @Symbol("logAgent")
    public static final class DescriptorImpl extends Descriptor<LogAgentSettings> {

        private static final int MOST = 20;
        private static final ResourceKind NODE = new ResourceKind("v1", "Node", "nodes", false);

        @Override
        public String getDisplayName() {
            return Messages.LogAgentSettings_displayName();
        }

        /** Whether the agent of each node answers; none is shown a token. */
        @RequirePOST
        public FormValidation doTest(
                @QueryParameter String cluster, @QueryParameter String address, @QueryParameter String caCertificate) {
            Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
            LogAgentSettings tried = new LogAgentSettings(cluster, address);
            tried.setCaCertificate(caCertificate);
            KubernetesCluster known = SheraConfiguration.get().cluster(tried.getCluster());
            if (known == null) {
                return FormValidation.error(Messages.LogAgentSettings_unknown(tried.getCluster()));
            }
            try (ClusterClient client = ClusterClient.open(ClusterLogin.ofPlatform(known), TimeLimits.INTERACTIVE)) {
                tried.check();
                List<JsonNode> nodes = client.api().list(NODE, "", "", "");
                List<String> said = new ArrayList<>();
                boolean all = true;
                for (JsonNode node : nodes.subList(0, Math.min(MOST, nodes.size()))) {
                    String name = node.at("/metadata/name").asText();
                    String answer = tried.ask(name, ip(node));
                    all &= answer.isEmpty();
                    said.add(name + ": " + (answer.isEmpty() ? Messages.LogAgentSettings_answers() : answer));
                }
                String text = String.join("; ", said);
                return all ? FormValidation.ok(text) : FormValidation.warning(text);
            } catch (Refusal | IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            } catch (IOException e) {
                return FormValidation.error(Messages.LogAgentSettings_nodes(e.getMessage()));
            }
        }

        private static String ip(JsonNode node) {
            for (JsonNode each : node.at("/status/addresses")) {
                if (each.path("type").asText().equals("InternalIP")) {
                    return each.path("address").asText();
                }
            }
            return "";
        }
    }

    /** Empty when the node's agent answers and its clock is right to the second, else what is wrong. */
    private String ask(String node, String ip) {
        Optional<URI> agent = read().of(node, ip);
        if (agent.isEmpty()) {
            return Messages.LogAgentSettings_noAddress();
        }
        try {
            long seconds = AgentLogs.probe(agent.get(), trust()) / 1_000_000_000L;
            return seconds == 0 ? "" : Messages.LogAgentSettings_clock(seconds);
        } catch (AgentException e) {
            return e.kind() + ", " + e.getMessage();
        }
    }
}
