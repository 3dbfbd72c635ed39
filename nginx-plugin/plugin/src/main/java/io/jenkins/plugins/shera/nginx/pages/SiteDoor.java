package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.steps.ErrorWatch;
import io.jenkins.plugins.shera.nginx.steps.SiteDesk;
import io.jenkins.plugins.shera.nginx.steps.SitePush;
import io.jenkins.plugins.shera.nginx.steps.WaitingDesk;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;

/** Brings files of people to the nodes of clusters that belong to a tenant alone. */
final class SiteDoor {
    private static final int FARTHEST_DAYS = 30;

    private final WholeDoor door;

    SiteDoor(WholeDoor door) {
        this.door = door;
    }

    /** Tests files; nothing is kept. */
    HttpResponse check(StaplerRequest2 request) {
        return write(request, "nginx.check", (cluster, fields) -> {
            Map<String, String> files = fields.map("files");
            fields.done();
            SiteDesk.check(door.tenant().getId(), files);
            SitePush.test(cluster, door.tenant().getId(), files);
            return JsonAnswer.ok()
                    .put("message", Messages.site_good(cluster.getNodes().size()));
        });
    }

    /** Pushes files, or writes them and lets nginx be. */
    HttpResponse push(StaplerRequest2 request) {
        return write(request, "nginx.push", (cluster, fields) -> {
            Map<String, String> files = fields.map("files");
            long base = fields.number("base").orElse(0);
            String reason = fields.text("reason");
            ErrorWatch watch = WatchFields.of(fields);
            long watched = fields.number("errorWatch").orElse(0);
            boolean staged = fields.has("batch") || fields.has("pause");
            StageFields stages = StageFields.of(fields, cluster.getNodes().size(), watched);
            boolean later = fields.flag("later");
            boolean partial = fields.flag("partial");
            Instant due = due(fields.text("reloadAt"));
            fields.done();
            if (partial && (later || watched > 0) || due != null && !later) {
                throw Refusal.input("partial", Messages.site_either(), Messages.site_either_next());
            }
            if (later && staged) {
                throw Refusal.input("batch", Messages.stages_later(), Messages.stages_later_next());
            }
            String caller = Jenkins.getAuthentication2().getName();
            if (later) {
                new WaitingDesk(cluster)
                        .write(WaitingDesk.of(door.tenant().getId(), base, files, caller, reason, due), said -> {});
                return JsonAnswer.ok()
                        .put("message", Messages.site_written(cluster.getNodes().size()));
            }
            SitePush push = new SitePush(door.tenant().getId(), files, "", stages.batch(), stages.pause(), watch);
            SortedMap<String, String> behind = SiteDesk.push(
                    cluster,
                    door.tenant().getId(),
                    base,
                    files,
                    partial ? push.partial() : push,
                    caller,
                    reason,
                    said -> {});
            return told(cluster, behind);
        });
    }

    /** Puts what waits in force, everywhere or on one node. */
    HttpResponse reload(StaplerRequest2 request) {
        return write(request, "nginx.reload", (cluster, fields) -> {
            String node = fields.text("node");
            fields.done();
            new WaitingDesk(cluster).reload(node, said -> {});
            return JsonAnswer.ok()
                    .put(
                            "message",
                            node.isEmpty()
                                    ? Messages.site_pushed(cluster.getNodes().size())
                                    : Messages.site_reloaded(node));
        });
    }

    /** Throws what waits away. */
    HttpResponse drop(StaplerRequest2 request) {
        return write(request, "nginx.drop", (cluster, fields) -> {
            fields.done();
            new WaitingDesk(cluster).drop(door.tenant().getId());
            return JsonAnswer.ok().put("message", Messages.site_dropped());
        });
    }

    /** Gives nodes that were left behind the newest push. */
    HttpResponse retry(StaplerRequest2 request) {
        return write(request, "nginx.retry", (cluster, fields) -> {
            String node = fields.text("node");
            fields.done();
            return told(cluster, SiteDesk.retry(cluster, door.tenant().getId(), node, said -> {}));
        });
    }

    private static ObjectNode told(NginxCluster cluster, SortedMap<String, String> behind) {
        int all = cluster.getNodes().size();
        ObjectNode answer = JsonAnswer.ok()
                .put(
                        "message",
                        behind.isEmpty()
                                ? Messages.site_pushed(all)
                                : Messages.site_behind(all - behind.size(), String.join(", ", behind.keySet())));
        ArrayNode nodes = answer.putArray("behind");
        behind.forEach((name, why) -> nodes.addObject().put("node", name).put("why", why));
        return answer;
    }

    private static Instant due(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            Instant due = Instant.parse(text);
            Instant now = Instant.now();
            if (due.isAfter(now) && due.isBefore(now.plus(FARTHEST_DAYS, ChronoUnit.DAYS))) {
                return due;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw Refusal.input("reloadAt", Messages.site_due(FARTHEST_DAYS), Messages.site_due_next());
    }

    private HttpResponse write(StaplerRequest2 request, String what, WholeDoor.Work work) {
        return door.write(request, what, "files", work);
    }
}
