package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.imports.Choices;
import io.jenkins.plugins.shera.nginx.imports.Draft;
import io.jenkins.plugins.shera.nginx.imports.ImportPlan;
import io.jenkins.plugins.shera.nginx.imports.Reason;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.PathMatch;
import io.jenkins.plugins.shera.nginx.site.SiteHistory;
import io.jenkins.plugins.shera.nginx.steps.Importing;
import io.jenkins.plugins.shera.nginx.steps.PublishRouteStep;
import io.jenkins.plugins.shera.nginx.steps.RoutePlace;
import io.jenkins.plugins.shera.nginx.steps.RouteRulesSettings;
import io.jenkins.plugins.shera.nginx.steps.SiteDesk;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;

/** Takes over what people wrote by hand, for clusters that belong to a tenant alone. */
final class ImportDoor {
    private static final int LARGEST = 4 << 20;

    private final WholeDoor door;

    ImportDoor(WholeDoor door) {
        this.door = door;
    }

    /** Plans; nothing is changed. */
    HttpResponse plan(StaplerRequest2 request) {
        return door.write(request, "nginx.importPlan", "tree", (cluster, fields) -> {
            String node = fields.text("node");
            Map<String, String> tree = fields.contents("tree", LARGEST);
            Choices choices = new Choices(
                    fields.flag("unknownHosts"), fields.flag("dropLogs"), new HashSet<>(fields.texts("taken")));
            fields.done();
            if (node.isEmpty() == tree.isEmpty()) {
                throw Refusal.input("node", Messages.import_source(), Messages.import_source_next());
            }
            Importing importing = new Importing(cluster, door.tenant().getId());
            ImportPlan plan = node.isEmpty() ? importing.planOf(tree, choices) : importing.planOf(node, choices);
            return json(cluster, importing, plan);
        });
    }

    /** Puts what was planned in force, with whatever was changed of it since. */
    HttpResponse takeOver(StaplerRequest2 request) {
        return door.write(request, "nginx.import", "files", (cluster, fields) -> {
            Map<String, String> files = fields.map("files");
            long base = fields.number("base").orElse(0);
            String reason = fields.text("reason");
            List<Wanted> wanted = fields.objects("routes", each -> Wanted.of(each));
            fields.done();
            List<Importing.Taken> taken = new ArrayList<>();
            for (Wanted one : wanted) {
                RoutePlace place = RoutePlace.of(
                        cluster,
                        door.tenant(),
                        one.step().getApplication(),
                        one.step().getEnvironment(),
                        Jenkins.getAuthentication2().getName());
                taken.add(Importing.Taken.of(one.step(), one.exact(), place));
            }
            new Importing(cluster, door.tenant().getId())
                    .takeOver(taken, base, files, Jenkins.getAuthentication2().getName(), reason, said -> {});
            return JsonAnswer.ok()
                    .put("message", Messages.import_done(cluster.getNodes().size()));
        });
    }

    private record Wanted(PublishRouteStep step, boolean exact) {
        static Wanted of(Fields fields) {
            PublishRouteStep step = RouteDoor.step(fields, fields.text("application"), fields.text("environment"));
            return new Wanted(step, fields.flag("exact"));
        }
    }

    private ObjectNode json(NginxCluster cluster, Importing importing, ImportPlan plan) throws IOException {
        ObjectNode body = JsonAnswer.ok();
        body.put(
                "base",
                SiteDesk.history(cluster.getId())
                        .latest()
                        .map(SiteHistory.Entry::number)
                        .orElse(0L));
        ArrayNode drafts = body.putArray("routes");
        plan.drafts().forEach(one -> draft(drafts.addObject(), one));
        ArrayNode notes = body.putArray("notes");
        for (ImportPlan.Note note : plan.notes()) {
            ObjectNode said = notes.addObject()
                    .put("where", note.where())
                    .put("what", note.what())
                    .put("fate", note.fate().name())
                    .put("reason", note.reason());
            why(said.putObject("why"), note.why());
        }
        importing.merged(plan).forEach(body.putObject("files")::put);
        plan.files().keySet().forEach(body.putArray("imported")::add);
        plan.stays().forEach(body.putObject("stays")::put);
        ArrayNode owners = body.putArray("owners");
        for (Application application : SheraConfiguration.get().getApplications()) {
            if (application.getTenant().equals(door.tenant().getId())) {
                for (Environment environment : application.getEnvironments()) {
                    owners.addObject()
                            .put("application", application.getName())
                            .put("environment", environment.getName());
                }
            }
        }
        return body;
    }

    /** For pages, which say it in the language of their reader. */
    private static void why(ObjectNode json, Reason reason) {
        ArrayNode arguments = json.put("kind", reason.kind().name()).putArray("arguments");
        for (Object argument : reason.arguments()) {
            if (argument instanceof Reason inner) {
                why(arguments.addObject(), inner);
            } else {
                arguments.add(String.valueOf(argument));
            }
        }
    }

    private static void draft(ObjectNode json, ImportPlan.Candidate candidate) {
        Draft draft = candidate.draft();
        json.put("key", draft.key())
                .put("where", draft.where())
                .put("taken", candidate.taken())
                .put("host", draft.host())
                .put("port", draft.port())
                .put("path", draft.path())
                .put("exact", draft.match() == PathMatch.EXACT);
        ArrayNode members = json.putArray("members");
        for (Member member : draft.members()) {
            members.add(member.authority() + (member.weight() == 1 ? "" : " weight=" + member.weight()));
        }
        if (draft.tls() != null) {
            json.put("certificateFile", draft.tls().file());
            json.putObject("tls")
                    .put("port", draft.tls().port())
                    .put("redirect", draft.tls().redirect() != 0)
                    .put(
                            "redirectStatus",
                            draft.tls().redirect() == 0 ? 308 : draft.tls().redirect())
                    .put("hsts", draft.tls().hstsSeconds())
                    .put("hstsSubdomains", draft.tls().hstsSubdomains())
                    .put("http2", draft.tls().http2());
        }
        if (!draft.rules().isNone()) {
            RouteRulesSettings.into(json.putObject("rules"), draft.rules());
        }
    }
}
