package io.jenkins.plugins.shera.platform.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.extension.OverviewPart;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** What the plugins tell of an application at a glance, each part within its own time; one that does not answer costs only itself. */
final class GlanceJson {
    private static final Logger LOGGER = Logger.getLogger(GlanceJson.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private GlanceJson() {}

    static ObjectNode of(Tenant tenant, Application application) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode lines = body.putArray("lines");
        ArrayNode figures = body.putArray("figures");
        ArrayNode silent = body.putArray("silent");
        Authentication caller = Jenkins.getAuthentication2();
        for (OverviewPart part : OverviewPart.all()) {
            if (!TenantFolder.allows(tenant, part.permission())) {
                continue;
            }
            try {
                OverviewPart.Glance glance =
                        Schedules.get().within(LIMIT, part.tab(), () -> look(part, tenant, application, caller));
                glance.lines().forEach(line -> put(lines.addObject(), part, line));
                glance.figures().forEach(figure -> put(figures.addObject(), part, figure));
            } catch (RuntimeException e) {
                LOGGER.log(Level.FINE, e, () -> part.tab() + " of " + application.getName() + " is silent");
                silent.add(part.tab());
            }
        }
        return body;
    }

    private static OverviewPart.Glance look(
            OverviewPart part, Tenant tenant, Application application, Authentication caller) {
        try (ACLContext as = ACL.as2(caller)) {
            return part.look(tenant, application);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void put(ObjectNode to, OverviewPart part, OverviewPart.Line line) {
        to.put("tab", part.tab())
                .put("title", line.title())
                .put("url", line.url())
                .put("detail", line.detail().toString())
                .put("state", line.state().toString())
                .put("tone", line.tone().name().toLowerCase(Locale.ROOT));
    }

    private static void put(ObjectNode to, OverviewPart part, OverviewPart.Figure figure) {
        to.put("tab", part.tab())
                .put("environment", figure.environment())
                .put("title", figure.title().toString())
                .put("unit", figure.unit().name().toLowerCase(Locale.ROOT))
                .put("bound", figure.bound());
        ArrayNode points = to.putArray("points");
        figure.points().forEach(points::add);
    }
}
