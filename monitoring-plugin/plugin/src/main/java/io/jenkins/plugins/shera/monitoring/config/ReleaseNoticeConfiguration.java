package io.jenkins.plugins.shera.monitoring.config;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import io.jenkins.plugins.shera.monitoring.news.MailServer;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;

/** Which receivers of tenants hear of releases, and the mail server they are told by; configuration as code knows it as {@code sheraReleaseNotices}. */
@Extension
@Symbol("sheraReleaseNotices")
public class ReleaseNoticeConfiguration extends GlobalConfiguration {

    private static final int MOST = 100;
    private static final int MOST_OF_ALL = 5000;

    private String mailHost = "";
    private int mailPort;
    private String mailSecurity = "";
    private String mailFrom = "";
    private String mailCredentialsId = "";
    private List<ReleaseNotice> notices = new ArrayList<>();

    /** Reads what was saved. */
    public ReleaseNoticeConfiguration() {
        load();
    }

    /** The one instance. */
    public static ReleaseNoticeConfiguration get() {
        return ExtensionList.lookupSingleton(ReleaseNoticeConfiguration.class);
    }

    /** Host of the mail server; empty while no mails of releases are sent. */
    public synchronized String getMailHost() {
        return Util.fixNull(mailHost);
    }

    /** Needs SheRa/Administer. */
    public synchronized void setMailHost(String host) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        mailHost = checked("mailHost", host, "([a-zA-Z0-9.-]{1,253}|\\[?[0-9a-fA-F:.]{2,45}]?)?");
        save();
    }

    /** Port of the mail server; 0 for the usual one of the way to it. */
    public synchronized int getMailPort() {
        return mailPort;
    }

    /** Needs SheRa/Administer. */
    public synchronized void setMailPort(int port) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        checked("mailPort", String.valueOf(port), "[0-9]{1,5}");
        mailPort = Math.min(65535, port);
        save();
    }

    /** {@code starttls}, {@code tls} or {@code none}. */
    public synchronized String getMailSecurity() {
        return Util.fixNull(mailSecurity).isEmpty() ? MailServer.Security.STARTTLS.id() : mailSecurity;
    }

    /** Needs SheRa/Administer. */
    public synchronized void setMailSecurity(String security) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        mailSecurity = checked("mailSecurity", security, "(none|starttls|tls)?");
        save();
    }

    /** The address mails are sent from. */
    public synchronized String getMailFrom() {
        return Util.fixNull(mailFrom);
    }

    /** Needs SheRa/Administer. */
    public synchronized void setMailFrom(String from) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        mailFrom = checked("mailFrom", from, "([a-zA-Z0-9._%+-]{1,64}@[a-zA-Z0-9.-]{1,190})?");
        save();
    }

    /** A user with password; empty for a server that asks for none. */
    public synchronized String getMailCredentialsId() {
        return Util.fixNull(mailCredentialsId);
    }

    /** Needs SheRa/Administer. */
    public synchronized void setMailCredentialsId(String credentialsId) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        mailCredentialsId = Util.fixNull(credentialsId).trim();
        save();
    }

    private static String checked(String field, String value, String pattern) {
        String trimmed = Util.fixNull(value).trim();
        if (!trimmed.matches(pattern)) {
            throw Refusal.input(
                    field,
                    Messages.ReleaseNoticeConfiguration_mail(trimmed),
                    Messages.ReleaseNoticeConfiguration_mail_next());
        }
        return trimmed;
    }

    /** The mail server with its password; empty while none is set up. */
    public Optional<MailServer> mailServer() {
        String host = getMailHost();
        if (host.isEmpty() || getMailFrom().isEmpty()) {
            return Optional.empty();
        }
        MailServer.Security security = MailServer.Security.of(getMailSecurity()).orElse(MailServer.Security.STARTTLS);
        int usual =
                switch (security) {
                    case NONE -> 25;
                    case STARTTLS -> 587;
                    case TLS -> 465;
                };
        String user = "";
        String password = "";
        if (!getMailCredentialsId().isEmpty()) {
            StandardUsernamePasswordCredentials login =
                    CredentialLookup.atTop(StandardUsernamePasswordCredentials.class, getMailCredentialsId());
            user = login.getUsername();
            password = login.getPassword().getPlainText();
        }
        int port = getMailPort() == 0 ? usual : getMailPort();
        return Optional.of(new MailServer(host, port, security, getMailFrom(), user, password));
    }

    /** Everybody's. */
    public synchronized List<ReleaseNotice> getNotices() {
        return notices == null ? List.of() : List.copyOf(notices);
    }

    /** Replaces everybody's; needs SheRa/Administer. */
    public synchronized void setNotices(List<ReleaseNotice> wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        keep(wanted == null ? List.of() : wanted);
        AuditLine.of("releaseNotices.set", "platform").done();
    }

    private void keep(List<ReleaseNotice> wanted) {
        wanted.forEach(ReleaseNotice::check);
        if (wanted.size() > MOST_OF_ALL) {
            throw tooMuch(MOST_OF_ALL);
        }
        notices = new ArrayList<>(wanted);
        save();
    }

    private static Refusal tooMuch(int most) {
        return Refusal.input(
                "notices",
                Messages.ReleaseNoticeConfiguration_much(most),
                Messages.ReleaseNoticeConfiguration_much_next());
    }

    /** Those of a tenant. */
    public List<ReleaseNotice> of(String tenant) {
        return getNotices().stream()
                .filter(each -> each.getTenant().equals(tenant))
                .toList();
    }

    /** Names what a tenant has set now, so that a change can say what it was made from. */
    public String version(String tenant) {
        String all = of(tenant).stream()
                .map(each -> String.join(
                        "\n",
                        each.getReceiver(),
                        each.getEvent(),
                        each.getApplication(),
                        each.getEnvironment(),
                        each.getLanguage()))
                .collect(Collectors.joining("\n\n"));
        return Integer.toHexString(all.hashCode());
    }

    /**
     * Replaces those of a tenant; the caller has asked for the permission.
     *
     * @param expected what the change was made from, empty for anything
     */
    public synchronized void set(String tenant, List<ReleaseNotice> wanted, String expected) {
        if (!expected.isEmpty() && !expected.equals(version(tenant))) {
            throw Refusal.conflict(
                    "version",
                    Messages.ReleaseNoticeConfiguration_stale(),
                    Messages.ReleaseNoticeConfiguration_stale_next());
        }
        if (wanted.size() > MOST) {
            throw tooMuch(MOST);
        }
        List<ReleaseNotice> all = new ArrayList<>(getNotices());
        all.removeIf(each -> each.getTenant().equals(tenant));
        all.addAll(wanted);
        keep(all);
    }
}
