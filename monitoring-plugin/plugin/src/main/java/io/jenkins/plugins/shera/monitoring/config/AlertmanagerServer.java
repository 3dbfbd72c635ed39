package io.jenkins.plugins.shera.monitoring.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.monitoring.alertmanager.AlertmanagerClient;
import io.jenkins.plugins.shera.monitoring.alertmanager.AlertmanagerConfig;
import io.jenkins.plugins.shera.monitoring.alertmanager.NoticeTarget;
import io.jenkins.plugins.shera.monitoring.alertmanager.RemoteConfig;
import io.jenkins.plugins.shera.monitoring.served.ChatDaemon;
import io.jenkins.plugins.shera.monitoring.sources.TrustedPem;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** An Alertmanager that tells people of alerts, and its configuration, of which tenants have parts. */
public class AlertmanagerServer extends AbstractDescribableImpl<AlertmanagerServer> {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final String id;
    private final String url;
    private String configFile = "";
    private String amtool = "/usr/bin/amtool";
    private String credentialsId = "";
    private String heartbeatUrl = "";
    private List<String> webhookHosts = new ArrayList<>();
    private String chatsUrl = "";
    private String chatsCredentialsId = "";
    private String chatsCaCertificate = "";
    private MachineSettings machine;

    /** {@code url} as {@code http://alertmanager:9093}. */
    @DataBoundConstructor
    public AlertmanagerServer(String id, String url) {
        this.id = Util.fixNull(id).trim();
        this.url = Util.fixNull(url).trim();
    }

    public String getId() {
        return id;
    }

    public String getUrl() {
        return url;
    }

    /** Its configuration on its machine; empty when tenants may only silence. */
    public String getConfigFile() {
        return configFile;
    }

    @DataBoundSetter
    public void setConfigFile(String configFile) {
        this.configFile = Util.fixNull(configFile).trim();
    }

    /** The machine of that configuration where that is not Jenkins' own; null when it is. */
    public MachineSettings getMachine() {
        return machine;
    }

    @DataBoundSetter
    public void setMachine(MachineSettings machine) {
        this.machine = machine;
    }

    /** Path of amtool on its machine. */
    public String getAmtool() {
        return amtool;
    }

    @DataBoundSetter
    public void setAmtool(String amtool) {
        this.amtool = Util.fixNull(amtool).trim();
    }

    /** A user with password or a bearer token; empty for a server that asks for none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    /** A watcher outside that misses heartbeats when Jenkins is gone, too; empty for none. */
    public String getHeartbeatUrl() {
        return Util.fixNull(heartbeatUrl);
    }

    @DataBoundSetter
    public void setHeartbeatUrl(String heartbeatUrl) {
        this.heartbeatUrl = Util.fixNull(heartbeatUrl).trim();
    }

    /** Hosts that web hooks of tenants may lie on, separated by spaces; {@code .example.com} is every host below it. Empty for all. */
    public String getWebhookHosts() {
        return String.join(" ", webhookHosts);
    }

    @DataBoundSetter
    public void setWebhookHosts(String hosts) {
        String trimmed = Util.fixNull(hosts).trim().toLowerCase(Locale.ROOT);
        this.webhookHosts = trimmed.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(trimmed.split("[\\s,]+")));
    }

    /** Where a daemon tells robots of chats for it, as {@code http://127.0.0.1:8444}; empty when nobody is told by chat. */
    public String getChatsUrl() {
        return Util.fixNull(chatsUrl);
    }

    @DataBoundSetter
    public void setChatsUrl(String chatsUrl) {
        this.chatsUrl = Util.fixNull(chatsUrl).trim().replaceAll("/+$", "");
    }

    /** A secret text: what the daemon is shown. */
    public String getChatsCredentialsId() {
        return Util.fixNull(chatsCredentialsId);
    }

    @DataBoundSetter
    public void setChatsCredentialsId(String credentialsId) {
        this.chatsCredentialsId = Util.fixNull(credentialsId).trim();
    }

    /** PEM of the authority that signed the daemon's certificate, which Alertmanager is given, too; empty for those that both trust. */
    public String getChatsCaCertificate() {
        return Util.fixNull(chatsCaCertificate);
    }

    @DataBoundSetter
    public void setChatsCaCertificate(String pem) {
        this.chatsCaCertificate = Util.fixNull(pem).trim();
    }

    /** Whether a daemon tells robots of chats for it. */
    public boolean hasChats() {
        return !getChatsUrl().isEmpty();
    }

    /** That daemon; refuses when its credential is not to be found. */
    public ChatDaemon chats() {
        String pem = getChatsCaCertificate();
        return new ChatDaemon(
                URI.create(getChatsUrl()),
                pem.isEmpty() ? null : TrustedPem.of(pem),
                ServerLogin.token("chatsCredentialsId", id, getChatsCredentialsId()));
    }

    /** Whether a web hook of a tenant may lie on this host. */
    public boolean allows(String host) {
        String low = host.toLowerCase(Locale.ROOT);
        return webhookHosts.isEmpty()
                || webhookHosts.stream().anyMatch(each -> each.startsWith(".") ? low.endsWith(each) : low.equals(each));
    }

    /** A client of it; refuses when its credential is not to be found. */
    public AlertmanagerClient client() {
        return new AlertmanagerClient(URI.create(url), ServerLogin.authorization(id, credentialsId), LIMIT);
    }

    /** Its configuration. */
    public NoticeTarget config() {
        if (machine != null) {
            return new RemoteConfig(
                    machine.machine(),
                    new RemoteConfig.Place(
                            configFile, amtool, url, ServerLogin.authorization(id, credentialsId), LIMIT));
        }
        return new AlertmanagerConfig(Path.of(configFile), Path.of(amtool), client());
    }

    void check() {
        if (!id.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?") || !ServerLogin.isAddress(url)) {
            throw new IllegalArgumentException(Messages.AlertmanagerServer_invalid(id, url));
        }
        if (!getHeartbeatUrl().isEmpty() && !ServerLogin.isAddress(heartbeatUrl)) {
            throw new IllegalArgumentException(Messages.AlertmanagerServer_invalid(id, heartbeatUrl));
        }
        if (machine != null) {
            machine.check(id);
            if (configFile.isEmpty()) {
                throw new IllegalArgumentException(Messages.MachineSettings_noFile(id));
            }
        }
        if (hasChats()) {
            checkChats();
        }
    }

    private void checkChats() {
        if (!ServerLogin.isSafe(getChatsUrl()) || getChatsCredentialsId().isEmpty() || configFile.isEmpty()) {
            throw new IllegalArgumentException(Messages.AlertmanagerServer_chats(id));
        }
        if (!getChatsCaCertificate().isEmpty()) {
            TrustedPem.of(getChatsCaCertificate());
        }
    }

    @Extension
    @Symbol("alertmanager")
    public static final class DescriptorImpl extends Descriptor<AlertmanagerServer> {
        @Override
        public String getDisplayName() {
            return Messages.AlertmanagerServer_displayName();
        }
    }
}
