package io.jenkins.plugins.shera.monitoring.hooks;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.alertmanager.Notice;
import io.jenkins.plugins.shera.monitoring.alertmanager.Receiver;
import io.jenkins.plugins.shera.monitoring.desk.HookTokens;
import io.jenkins.plugins.shera.monitoring.desk.NoticeDesk;
import io.jenkins.plugins.shera.monitoring.desk.Watchdogs;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.WebhookReceiver;
import io.jenkins.plugins.shera.platform.rest.Proof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Takes what Alertmanager tells a receiver that Jenkins itself serves, at {@code /shera-webhook/post/alertmanager/<tenant>.<receiver>}.
 * What could not be kept is answered with an error, so that Alertmanager says it again.
 */
@Extension
public class AlertHook extends WebhookReceiver {

    @Override
    public String name() {
        return HookTokens.NAME;
    }

    @Override
    public String proofHeader() {
        return "Authorization";
    }

    @Override
    public boolean accepts(String key, String proof, byte[] body) {
        return Proof.token("Bearer " + HookTokens.get().of(key), proof)
                && (key.equals(Watchdogs.key()) || found(key) != null);
    }

    private static Tenant found(String key) {
        int dot = key.indexOf('.');
        Tenant tenant = dot < 0 ? null : SheraConfiguration.get().tenant(key.substring(0, dot));
        if (tenant == null) {
            return null;
        }
        try {
            return NoticeDesk.book(tenant.getId()).receivers().stream()
                            .filter(each -> each.name().equals(key.substring(dot + 1)))
                            .anyMatch(each -> each.sort() == Receiver.Kind.JENKINS)
                    ? tenant
                    : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void receive(String key, Map<String, String> query, byte[] body) {
        try {
            if (key.equals(Watchdogs.key())) {
                DeadMan.get().heard(Notice.read(body));
                return;
            }
            Tenant tenant = found(key);
            if (tenant == null) {
                return;
            }
            List<Notice> own = Notice.read(body).stream()
                    .filter(notice -> notice.label("tenant").equals(tenant.getId()))
                    .toList();
            AlertNews.get().keep(tenant, own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
