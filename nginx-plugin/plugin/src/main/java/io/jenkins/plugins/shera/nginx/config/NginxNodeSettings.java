package io.jenkins.plugins.shera.nginx.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.Serializable;
import java.util.regex.Pattern;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** One nginx of a cluster, on the machine of a Jenkins agent. */
public class NginxNodeSettings extends AbstractDescribableImpl<NginxNodeSettings> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int USUAL_VERSION_PORT = 8899;
    private static final Pattern LOG = Pattern.compile("/[^\\p{Cntrl}]{1,1000}");

    private final String mainConfig;
    private final String folder;
    private String agent = "";
    private String binary = "/usr/sbin/nginx";
    private int versionPort = USUAL_VERSION_PORT;
    private String requestLog = "";
    private int streamPort;

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

    /** Refuses a log that nobody could find, and a port that is none. */
    void check() {
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
    }
}
