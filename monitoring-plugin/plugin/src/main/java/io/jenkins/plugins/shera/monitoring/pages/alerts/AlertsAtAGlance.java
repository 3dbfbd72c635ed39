package io.jenkins.plugins.shera.monitoring.pages.alerts;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.monitoring.alerts.ActiveAlert;
import io.jenkins.plugins.shera.monitoring.desk.AlertFacts;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.OverviewPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jvnet.localizer.Localizable;

/** The alerts of an application on its overview, the worst first. */
@Extension
public class AlertsAtAGlance extends OverviewPart {
    private static final int MOST = 8;

    @Override
    public String tab() {
        return "alerts";
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.VIEW;
    }

    @Override
    public Glance look(Tenant tenant, Application application) throws IOException {
        AlertFacts.Answer answer = AlertFacts.of(tenant, application);
        if (!answer.silent().isEmpty() && answer.alerts().isEmpty()) {
            throw new IOException("silent: " + answer.silent());
        }
        List<Line> lines = new ArrayList<>();
        for (ActiveAlert alert : answer.alerts()) {
            if (lines.size() < MOST) {
                boolean silenced = answer.silences().stream().anyMatch(silence -> silence.quiets(alert.labels()));
                lines.add(line(alert, silenced));
            }
        }
        return new Glance(lines, List.of());
    }

    private static Line line(ActiveAlert alert, boolean silenced) {
        boolean firing = alert.state().equals("firing");
        Localizable state = silenced
                ? Messages._glance_silenced()
                : firing ? Messages._glance_firing() : Messages._glance_pending();
        Tone tone = silenced ? Tone.IDLE : firing && alert.label("severity").equals("critical") ? Tone.BAD : Tone.WARN;
        return new Line(alert.summary(), "", Messages._glance_where(alert.label("environment")), state, tone);
    }
}
