package io.jenkins.plugins.shera.nginx.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.shera.nginx.work.NodePlace;
import io.jenkins.plugins.shera.nodes.ssh.HostKey;
import io.jenkins.plugins.shera.nodes.ssh.SshNode;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.io.Serializable;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** One nginx of a cluster: on the machine of an agent, of Jenkins itself, or one that is reached by SSH. */
public class NginxNodeSettings extends AbstractDescribableImpl<NginxNodeSettings> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int USUAL_VERSION_PORT = 8899;
    private static final int USUAL_SSH_PORT = 22;
    private static final String USUAL_JAVA = "java";
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:-]{0,252}[A-Za-z0-9])?");
    private static final Pattern JAVA = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9/._+-]{0,300}");
    private static final Pattern LOG = Pattern.compile("/[^\\p{Cntrl}]{1,1000}");

    private final String mainConfig;
    private final String folder;
    private String agent = "";
    private String binary = "/usr/sbin/nginx";
    private int versionPort = USUAL_VERSION_PORT;
    private String requestLog = "";
    private int streamPort;
    private String host = "";
    private int sshPort = USUAL_SSH_PORT;
    private String credentialsId = "";
    private String hostKey = "";
    private String java = USUAL_JAVA;

    /**
     * The two paths are absolute; {@code mainConfig} includes {@code <folder>/current/*.conf} within its http block.
     */
    @DataBoundConstructor
    public NginxNodeSettings(String mainConfig, String folder) {
        this.mainConfig = mainConfig;
        this.folder = folder;
    }

    public String getMainConfig() {
        return mainConfig;
    }

    public String getFolder() {
        return folder;
    }

    /** Name of the agent on that machine; empty for the machine of Jenkins itself. */
    public String getAgent() {
        return Util.fixNull(agent);
    }

    @DataBoundSetter
    public void setAgent(String agent) {
        this.agent = Util.fixNull(agent);
    }

    /** Path of the nginx program. */
    public String getBinary() {
        return binary;
    }

    @DataBoundSetter
    public void setBinary(String binary) {
        this.binary = binary;
    }

    /** Loopback port where the workers tell which configuration they serve. */
    public int getVersionPort() {
        return versionPort;
    }

    @DataBoundSetter
    public void setVersionPort(int versionPort) {
        this.versionPort = versionPort;
    }

    /** Path of the log in which this nginx writes a line for each request; empty where its figures are not read. */
    public String getRequestLog() {
        // A node that was saved before there were figures has none.
        return Util.fixNull(requestLog);
    }

    @DataBoundSetter
    public void setRequestLog(String requestLog) {
        this.requestLog = Util.fixNull(requestLog).trim();
    }

    /** A free port of the loopback address, where nginx tells which streams it serves; 0 for a node without streams. */
    public int getStreamPort() {
        return streamPort;
    }

    @DataBoundSetter
    public void setStreamPort(int streamPort) {
        this.streamPort = streamPort;
    }

    /** Name or address of a machine that is reached by SSH; empty for one of an agent or of Jenkins itself. */
    public String getHost() {
        // A node that was saved before there were such has none.
        return Util.fixNull(host);
    }

    @DataBoundSetter
    public void setHost(String host) {
        this.host = Util.fixNull(host).trim();
    }

    /** Whether it is reached by SSH. */
    public boolean isSsh() {
        return !getHost().isEmpty();
    }

    /** Where its sshd listens. */
    public int getSshPort() {
        return sshPort == 0 ? USUAL_SSH_PORT : sshPort;
    }

    @DataBoundSetter
    public void setSshPort(int sshPort) {
        this.sshPort = sshPort;
    }

    /** Id of a credential of Jenkins itself: SSH user name with private key. */
    public String getCredentialsId() {
        return Util.fixNull(credentialsId);
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    /** The key by which its sshd is known, as {@code ssh-ed25519 AAAA...}; empty until somebody accepted one. */
    public String getHostKey() {
        return Util.fixNull(hostKey);
    }

    @DataBoundSetter
    public void setHostKey(String hostKey) {
        this.hostKey = Util.fixNull(hostKey).trim();
    }

    /** The Java program there, of version 17 or later. */
    public String getJava() {
        return Util.fixNull(java).isEmpty() ? USUAL_JAVA : java;
    }

    @DataBoundSetter
    public void setJava(String java) {
        this.java = Util.fixNull(java).trim();
    }

    /** Where the nginx is on its machine. */
    public NodePlace place() {
        return new NodePlace(binary, mainConfig, folder, versionPort, streamPort);
    }

    /** The same node, known by this key. */
    NginxNodeSettings knownBy(String key) {
        NginxNodeSettings copy = new NginxNodeSettings(mainConfig, folder);
        copy.agent = agent;
        copy.binary = binary;
        copy.versionPort = versionPort;
        copy.requestLog = requestLog;
        copy.streamPort = streamPort;
        copy.host = host;
        copy.sshPort = sshPort;
        copy.credentialsId = credentialsId;
        copy.java = java;
        copy.hostKey = key;
        return copy;
    }

    private void checkSsh() {
        if (!getAgent().isEmpty()) {
            throw Refusal.input(
                    "host", Messages.NginxNodeSettings_either(getHost()), Messages.NginxNodeSettings_either_next());
        }
        if (!HOST.matcher(getHost()).matches() || getSshPort() < 1 || getSshPort() > 65535) {
            throw Refusal.input("host", Messages.NginxNodeSettings_host(), Messages.NginxNodeSettings_host_next());
        }
        if (getCredentialsId().isEmpty()) {
            throw Refusal.input(
                    "credentialsId",
                    Messages.NginxNodeSettings_credential(getHost()),
                    Messages.NginxNodeSettings_credential_next());
        }
        if (!getHostKey().isEmpty() && HostKey.of(getHostKey()).isEmpty()) {
            throw Refusal.input(
                    "hostKey",
                    Messages.NginxNodeSettings_hostKey(getHost()),
                    Messages.NginxNodeSettings_hostKey_next());
        }
        if (!JAVA.matcher(getJava()).matches()) {
            throw Refusal.input("java", Messages.NginxNodeSettings_java(), Messages.NginxNodeSettings_java_next());
        }
    }

    /** Refuses a log that nobody could find, and a port that is none. */
    void check() {
        if (isSsh()) {
            checkSsh();
        }
        if (streamPort < 0 || streamPort > 65535 || streamPort != 0 && streamPort == versionPort) {
            throw Refusal.input(
                    "streamPort",
                    Messages.NginxNodeSettings_streamPort(),
                    Messages.NginxNodeSettings_streamPort_next());
        }
        if (!getRequestLog().isEmpty() && !LOG.matcher(getRequestLog()).matches()) {
            throw Refusal.input(
                    "requestLog",
                    Messages.NginxNodeSettings_requestLog(),
                    Messages.NginxNodeSettings_requestLog_next());
        }
    }

    @Extension
    @Symbol("nginxNode")
    public static final class DescriptorImpl extends Descriptor<NginxNodeSettings> {
        @Override
        public String getDisplayName() {
            return Messages.NginxNodeSettings_displayName();
        }

        /** The key that the machine shows, for whoever compares it with the one on the machine itself. */
        @RequirePOST
        public FormValidation doShowKey(@QueryParameter String host, @QueryParameter int sshPort) {
            Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
            NginxNodeSettings asked = new NginxNodeSettings("", "");
            asked.setHost(host);
            asked.setSshPort(sshPort);
            if (!HOST.matcher(asked.getHost()).matches()) {
                return FormValidation.error(Messages.NginxNodeSettings_host());
            }
            try {
                HostKey key = SshNode.show(asked.getHost(), asked.getSshPort());
                return FormValidation.ok(Messages.NginxNodeSettings_shown(key.fingerprint(), key.text()));
            } catch (IOException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
