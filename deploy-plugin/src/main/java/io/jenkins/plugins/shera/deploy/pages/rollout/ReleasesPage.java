package io.jenkins.plugins.shera.deploy.pages.rollout;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.security.Permission;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.pages.place.PlacesPage;
import io.jenkins.plugins.shera.deploy.release.SetVerb;
import io.jenkins.plugins.shera.deploy.steps.DeployDesk;
import io.jenkins.plugins.shera.deploy.steps.DeployForm;
import io.jenkins.plugins.shera.deploy.steps.ManifestDesk;
import io.jenkins.plugins.shera.deploy.steps.rollout.RolloutDesk;
import io.jenkins.plugins.shera.deploy.steps.rollout.SetDesk;
import io.jenkins.plugins.shera.deploy.steps.rollout.SetOrder;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.pages.QueryText;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** The rollouts of one application, one for each environment, and the verbs. */
@ExportedBean
public final class ReleasesPage extends PlacesPage {

    ReleasesPage(Tenant tenant, Application application) {
        super(tenant, application, "releases", Messages.ReleasesTab_title(), Messages.class);
    }

    /** Whether the caller may promote. */
    @Exported
    public boolean isMayPromote() {
        return allows(SheraPermissions.PROMOTE);
    }

    /** Whether the caller may deploy. */
    @Exported
    public boolean isMayDeploy() {
        return allows(SheraPermissions.DEPLOY);
    }

    /** One for each environment, in order. */
    @Exported
    public List<RolloutView> getRollouts() {
        return each(place -> RolloutView.of(subject(place)));
    }

    /** What the last aborted canary of an environment said; for who may read logs. */
    public EvidenceView getEvidence(String environment) {
        Environment known = application().environment(environment).orElse(null);
        return known == null || !allows(SheraPermissions.LOGS) ? null : new EvidenceView(subject(known));
    }

    /** How far what was deployed to an environment is. */
    public DeploymentView getDeployment(String environment) {
        return application()
                .environment(environment)
                .map(known -> new DeploymentView(new DeployDesk(application(), known)))
                .orElse(null);
    }

    /** The release set that the rollout in an environment is a member of. */
    public SetPage getSet(String environment) {
        return application()
                .environment(environment)
                .map(known -> new SetPage(this, subject(known)))
                .orElse(null);
    }

    /** Deploys an image without a build; with {@code dryRun} it only says what would change. */
    @RequirePOST
    public HttpResponse doDeploy(StaplerRequest2 request) {
        return write(request, "deployment.apply", SheraPermissions.DEPLOY).run(fields -> {
            Environment environment = environment(fields);
            needPromote(environment);
            DeployForm form = new DeployForm(fields);
            String override = fields.text("override").trim();
            boolean dryRun = fields.flag("dryRun");
            fields.done();
            mayOverride(override);
            mayUseCredentials(form);
            mayAdd(form);
            DeployDesk desk = new DeployDesk(application(), environment);
            if (WebWrite.checkOnly(request)) {
                desk.check(form);
                return JsonAnswer.ok();
            }
            return JsonAnswer.ok()
                    .put(
                            "message",
                            String.join("\n", dryRun ? desk.plan(form, override) : desk.deploy(form, override)));
        });
    }

    /**
     * What runs in {@code ?environment=} as an order that would change nothing, with what there is to choose from; for who may deploy.
     * Secrets are named, and never told.
     */
    @GET
    public void doRunning(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        ObjectNode facts;
        try {
            if (!allows(SheraPermissions.DEPLOY)) {
                throw Refusal.forbidden(
                        "environment", Messages.ReleasesPage_running(), Messages.ReleasesPage_running_next());
            }
            facts = new DeployDesk(application(), environment(new QueryText(request).text("environment"))).running();
        } catch (Refusal e) {
            throw new RefusedRead(e);
        }
        ArrayNode credentials = facts.putArray("credentials");
        if (allows(CredentialsProvider.USE_ITEM)) {
            DeployDesk.credentials(tenant())
                    .forEach((id, name) -> credentials.addObject().put("id", id).put("name", name));
        }
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(facts.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** How far manifests are that were applied to an environment without a build. */
    public ManifestsView getManifests(String environment) {
        return application()
                .environment(environment)
                .map(known -> new ManifestsView(new ManifestDesk(application(), known)))
                .orElse(null);
    }

    /** Applies manifests without a build; with {@code dryRun} it only says what would change. */
    @RequirePOST
    public HttpResponse doDeployManifests(StaplerRequest2 request) {
        return write(request, "manifests.apply", SheraPermissions.DEPLOY).run(fields -> {
            Environment environment = environment(fields);
            needPromote(environment);
            ManifestDesk.Order order = new ManifestDesk.Order(
                    fields.text("manifests"),
                    fields.text("set"),
                    !fields.has("prune") || fields.flag("prune"),
                    fields.text("override").trim(),
                    fields.flag("dryRun"));
            fields.done();
            mayOverride(order.override());
            return JsonAnswer.ok()
                    .put("message", String.join("\n", new ManifestDesk(application(), environment).deploy(order)));
        });
    }

    /** Whoever may not configure a job in the tenant's folder may not put its credentials into a pod either. */
    private void mayUseCredentials(DeployForm form) {
        if (form.usesCredentials() && !allows(CredentialsProvider.USE_ITEM)) {
            throw Refusal.forbidden(
                    "secrets", Messages.ReleasesPage_credentials(), Messages.ReleasesPage_credentials_next());
        }
    }

    private void mayAdd(DeployForm form) {
        for (Permission needed : form.additions().permissions()) {
            if (!allows(needed)) {
                throw Refusal.forbidden(
                        "environment",
                        Messages.ReleasesPage_addition(needed.name),
                        Messages.ReleasesPage_addition_next());
            }
        }
    }

    private void mayOverride(String override) {
        if (!override.isEmpty() && !allows(SheraPermissions.PROMOTE)) {
            throw Refusal.forbidden(
                    "override", Messages.ReleasesPage_override(), Messages.ReleasesPage_override_next());
        }
    }

    /** On to the next step, or to the end after the last. */
    @RequirePOST
    public HttpResponse doPromote(StaplerRequest2 request) {
        return verb(request, Verb.Kind.PROMOTE);
    }

    /** To the end at once. */
    @RequirePOST
    public HttpResponse doPromoteFull(StaplerRequest2 request) {
        return verb(request, Verb.Kind.PROMOTE_FULL);
    }

    /** Holds the weight. */
    @RequirePOST
    public HttpResponse doPause(StaplerRequest2 request) {
        return verb(request, Verb.Kind.PAUSE);
    }

    /** Goes on after a pause by hand. */
    @RequirePOST
    public HttpResponse doResume(StaplerRequest2 request) {
        return verb(request, Verb.Kind.RESUME);
    }

    /** Goes back; with nothing under way it does nothing. */
    @RequirePOST
    public HttpResponse doAbort(StaplerRequest2 request) {
        return verb(request, Verb.Kind.ABORT);
    }

    /** Begins again after an abort. */
    @RequirePOST
    public HttpResponse doRetry(StaplerRequest2 request) {
        return verb(request, Verb.Kind.RETRY);
    }

    /** Sets the weight now, while paused. */
    @RequirePOST
    public HttpResponse doSetWeight(StaplerRequest2 request) {
        return verb(request, Verb.Kind.SET_WEIGHT);
    }

    /** Makes an earlier revision stable again. */
    @RequirePOST
    public HttpResponse doUndo(StaplerRequest2 request) {
        return write(request, "rollout.undo", SheraPermissions.DEPLOY).run(fields -> {
            Environment environment = environment(fields);
            needPromote(environment);
            Subject subject = subject(environment);
            String revision = fields.text("revision");
            boolean set = fields.flag("set");
            fields.done();
            if (set) {
                SetDesk.command(subject, SetVerb.UNDO);
                return JsonAnswer.ok();
            }
            if (!revision.matches("[0-9]{0,9}")) {
                throw Refusal.input(
                        "revision", Messages.ReleasesPage_revision(), Messages.ReleasesPage_revision_next());
            }
            RolloutDesk.undo(subject, revision);
            return JsonAnswer.ok();
        });
    }

    /** Begins a rollout by a ready plan, of an image or of the one that serves in another environment. */
    @RequirePOST
    public HttpResponse doBegin(StaplerRequest2 request) {
        return write(request, "rollout.begin", SheraPermissions.DEPLOY).run(fields -> {
            Environment environment = environment(fields);
            needPromote(environment);
            String image = fields.text("image");
            String from = fields.text("from");
            String template = fields.text("template");
            String router = fields.text("router");
            String route = fields.text("route");
            String override = fields.text("override").trim();
            fields.done();
            mayOverride(override);
            if (image.isEmpty() == from.isEmpty() || from.equals(environment.getName())) {
                throw Refusal.input("from", Messages.ReleasesPage_from(), Messages.ReleasesPage_from_next());
            }
            return JsonAnswer.ok()
                    .put(
                            "id",
                            from.isEmpty()
                                    ? RolloutDesk.begin(
                                            application(), environment, image, template, router, route, override)
                                    : RolloutDesk.promote(
                                            application(),
                                            environment(from),
                                            environment,
                                            template,
                                            router,
                                            route,
                                            override));
        });
    }

    /** Begins a release set: several applications of the tenant by a ready plan, all or none. */
    @RequirePOST
    public HttpResponse doBeginSet(StaplerRequest2 request) {
        return write(request, "set.begin", SheraPermissions.DEPLOY).run(fields -> {
            SetOrder order = new SetForm(tenant()).read(fields);
            fields.done();
            order.members().forEach(member -> needPromote(member.environment()));
            mayOverride(order.override());
            return JsonAnswer.ok().put("id", SetDesk.begin(order));
        });
    }

    /** What may be a member of a release set of the tenant; for who may deploy. */
    List<SetPlaceView> setPlaces() {
        if (!isMayDeploy()) {
            return List.of();
        }
        return SheraConfiguration.get().getApplications().stream()
                .filter(each -> each.getTenant().equals(tenant().getId()))
                .map(each -> new SetPlaceView(
                        each.getName(),
                        each.getEnvironments().stream()
                                .map(Environment::getName)
                                .toList()))
                .toList();
    }

    /** As for a deployment: some environments want Promote of whoever changes what is stable. */
    private void needPromote(Environment environment) {
        if (environment.getPolicy().isRequirePromote() && !allows(SheraPermissions.PROMOTE)) {
            throw Refusal.forbidden(
                    "environment", Messages.ReleasesPage_promote(), Messages.ReleasesPage_promote_next());
        }
    }

    private HttpResponse verb(StaplerRequest2 request, Verb.Kind kind) {
        boolean holds = kind == Verb.Kind.ABORT || kind == Verb.Kind.PAUSE;
        boolean deploys = holds && allows(SheraPermissions.DEPLOY);
        return write(request, "rollout." + kind.text(), deploys ? SheraPermissions.DEPLOY : SheraPermissions.PROMOTE)
                .run(fields -> {
                    Subject subject = subject(fields);
                    int weight = kind == Verb.Kind.SET_WEIGHT
                            ? (int) fields.number("weight").orElse(-1)
                            : 0;
                    boolean set = kind != Verb.Kind.SET_WEIGHT && fields.flag("set");
                    fields.done();
                    if (set) {
                        SetDesk.command(subject, SetVerb.of(kind.text()).orElseThrow());
                        return answer(subject);
                    }
                    RolloutDesk.command(subject, kind, weight);
                    return answer(subject);
                });
    }

    private static ObjectNode answer(Subject subject) {
        RolloutView now = RolloutView.of(subject);
        return JsonAnswer.ok().put("phase", now.getPhase()).put("reason", now.getReason());
    }

    private Subject subject(Fields fields) {
        return subject(environment(fields));
    }

    private Environment environment(Fields fields) {
        return environment(fields.text("environment"));
    }
}
