package io.jenkins.plugins.shera.monitoring.config;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Pattern;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Node;
import hudson.remoting.VirtualChannel;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.shera.monitoring.rules.RemoteRules;
import io.jenkins.plugins.shera.nodes.remote.Errand;
import io.jenkins.plugins.shera.nodes.remote.Machine;
import io.jenkins.plugins.shera.nodes.ssh.HostKey;
import io.jenkins.plugins.shera.nodes.ssh.Login;
import io.jenkins.plugins.shera.nodes.ssh.NodeProgram;
import io.jenkins.plugins.shera.nodes.ssh.SshNode;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.yaml.snakeyaml.Yaml;

/** The machine of a server where that is not Jenkins' own: an agent of Jenkins, or one that is reached by SSH. */
public class MachineSettings extends AbstractDescribableImpl<MachineSettings> {

    private static final String HOST = "[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}";
    private static final String JAVA = "[A-Za-z0-9/._+-]{1,300}";
    private static final int USUAL_PORT = 22;
    private static final String USUAL_JAVA = "java";

    /** Longer than a machine needs to come back on its network, shorter than anybody waits for a change. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** A change waits for another one, is checked, read by the server and proved: each has its own limit, and these are all of them. */
    private static final long LIMIT_SECONDS = 420;

    private static final NodeProgram PROGRAM = new NodeProgram(
            "shera-monitoring",
            List.of(
                    RemoteRules.class,
                    ObjectMapper.class,
                    JsonFactory.class,
                    JsonProperty.class,
                    Yaml.class,
                    Pattern.class));

    private String agent = "";
    private String host = "";
    private int sshPort = USUAL_PORT;
    private String credentialsId = "";
    private String hostKey = "";
    private String java = USUAL_JAVA;

    /** Neither yet. */
    @DataBoundConstructor
    public MachineSettings() {
        // Everything is set by name.
    }

    /** Name of the agent of Jenkins on that machine; empty for one that is reached by SSH. */
    public String getAgent() {
        return agent;
    }

    @DataBoundSetter
    public void setAgent(String agent) {
        this.agent = Util.fixNull(agent).trim();
    }

    /** Name or address of a machine that is reached by SSH; empty for one with an agent. */
    public String getHost() {
        return host;
    }

    @DataBoundSetter
    public void setHost(String host) {
        this.host = Util.fixNull(host).trim();
    }

    /** Where its sshd listens. */
    public int getSshPort() {
        return sshPort;
    }

    @DataBoundSetter
    public void setSshPort(int sshPort) {
        this.sshPort = sshPort == 0 ? USUAL_PORT : sshPort;
    }

    /** Id of a credential of Jenkins itself: SSH user name with private key. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    /** The key by which its sshd is known, as {@code ssh-ed25519 AAAA...}; without it nothing is sent there. */
    public String getHostKey() {
        return hostKey;
    }

    @DataBoundSetter
    public void setHostKey(String hostKey) {
        this.hostKey = Util.fixNull(hostKey).trim();
    }

    /** The Java program there, of version 17 or later. */
    public String getJava() {
        return java;
    }

    @DataBoundSetter
    public void setJava(String java) {
        String wanted = Util.fixNull(java).trim();
        this.java = wanted.isEmpty() ? USUAL_JAVA : wanted;
    }

    /** The way there. It is opened when something is first to be done, and says then what is wrong with it. */
    Machine machine() {
        return new Machine() {
            @Override
            public <T> T run(Errand<T> errand) throws IOException, InterruptedException {
                return (host.isEmpty() ? agent() : ssh()).run(errand);
            }
        };
    }

    private Machine agent() throws IOException {
        Node node = Jenkins.get().getNode(agent);
        VirtualChannel channel = node == null ? null : node.getChannel();
        if (channel == null) {
            throw new IOException(Messages.MachineSettings_offline(agent));
        }
        return new AgentMachine(agent, channel, LIMIT_SECONDS);
    }

    private Machine ssh() throws IOException {
        try {
            SSHUserPrivateKey key = CredentialLookup.atTop(SSHUserPrivateKey.class, credentialsId);
            Login login = new Login(
                    host,
                    sshPort,
                    key.getUsername(),
                    key.getPrivateKeys(),
                    Secret.toString(key.getPassphrase()),
                    HostKey.of(hostKey).orElse(null),
                    java);
            return new SshNode(login, PROGRAM, PATIENCE);
        } catch (Refusal e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Refuses what leads nowhere; {@code server} is for people. */
    void check(String server) {
        if (agent.isEmpty() == host.isEmpty()) {
            throw new IllegalArgumentException(Messages.MachineSettings_either(server));
        }
        if (host.isEmpty()) {
            return;
        }
        if (!host.matches(HOST) || sshPort < 1 || sshPort > 65535 || !java.matches(JAVA)) {
            throw new IllegalArgumentException(Messages.MachineSettings_host(server));
        }
        if (credentialsId.isEmpty()) {
            throw new IllegalArgumentException(Messages.MachineSettings_credential(server));
        }
        if (!hostKey.isEmpty() && HostKey.of(hostKey).isEmpty()) {
            throw new IllegalArgumentException(Messages.MachineSettings_hostKey(server));
        }
    }

    @Extension
    @Symbol("monitoringMachine")
    public static final class DescriptorImpl extends Descriptor<MachineSettings> {
        @Override
        public String getDisplayName() {
            return Messages.MachineSettings_displayName();
        }

        /** The key that the machine shows, for whoever compares it with the one on the machine itself. */
        @RequirePOST
        public FormValidation doShowMachineKey(@QueryParameter String host, @QueryParameter int sshPort) {
            Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
            String wanted = Util.fixNull(host).trim();
            if (!wanted.matches(HOST)) {
                return FormValidation.error(Messages.MachineSettings_noHost());
            }
            try {
                HostKey key = SshNode.show(wanted, sshPort == 0 ? USUAL_PORT : sshPort);
                return FormValidation.ok(Messages.MachineSettings_shown(key.fingerprint(), key.text()));
            } catch (IOException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
