package io.jenkins.plugins.shera.deploy.pages.middleware;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.middleware.MiddlewareSpec;
import io.jenkins.plugins.shera.deploy.pages.place.PlacesPage;
import io.jenkins.plugins.shera.deploy.steps.middleware.MiddlewareDesk;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The databases, caches and brokers of one application in each environment, and the ways to change them. */
@ExportedBean
public final class MiddlewarePage extends PlacesPage {

    MiddlewarePage(Tenant tenant, Application application) {
        super(tenant, application, "middleware", Messages.MiddlewareTab_title(), Messages.class);
    }

    /** Templates that the platform offers. */
    @Exported
    public List<OfferView> getOffers() {
        return OfferView.all();
    }

    /** One for each environment, in order. */
    @Exported
    public List<MiddlewareView> getMiddleware() {
        return each(place -> new MiddlewareView(subject(place), mayChange(place)));
    }

    /** Deploys the instance {@code name}; with {@code dryRun} it only says what would change. */
    @RequirePOST
    public HttpResponse doDeploy(StaplerRequest2 request) {
        return change(request, "middleware.deploy", (subject, fields) -> {
            MiddlewareSpec spec = spec(subject, fields);
            boolean dryRun = fields.flag("dryRun");
            String override = override(fields);
            fields.done();
            return String.join(
                    "\n", dryRun ? MiddlewareDesk.plan(subject, spec) : MiddlewareDesk.deploy(subject, spec, override));
        });
    }

    /** Makes new credentials for the instance {@code name} and starts its pod anew with them. */
    @RequirePOST
    public HttpResponse doRotate(StaplerRequest2 request) {
        return change(request, "middleware.rotate", (subject, fields) -> {
            String name = name(fields);
            fields.done();
            return String.join("\n", MiddlewareDesk.rotate(subject, name));
        });
    }

    /** Deletes the instance {@code name}; {@code confirm} is its name once more, {@code deleteVolume} takes its data, too. */
    @RequirePOST
    public HttpResponse doDelete(StaplerRequest2 request) {
        return change(request, "middleware.delete", (subject, fields) -> {
            String name = name(fields);
            String confirmed = fields.text("confirm");
            boolean withVolume = fields.flag("deleteVolume");
            fields.done();
            return MiddlewareDesk.remove(subject, name, confirmed, withVolume);
        });
    }

    private static MiddlewareSpec spec(Subject subject, Fields fields) {
        Map<String, String> parameters = fields.has("parameters") ? fields.map("parameters") : Map.of();
        try {
            return MiddlewareDesk.spec(
                            subject, fields.text("name"), fields.text("template"), fields.text("version"), parameters)
                    .volume(fields.text("size"), fields.text("storageClass"))
                    .resources(fields.text("cpu"), fields.text("memory"));
        } catch (IllegalArgumentException e) {
            throw Refusal.input("name", e.getMessage(), "");
        }
    }

    private static String name(Fields fields) {
        try {
            return MiddlewareSpec.name(fields.text("name"));
        } catch (IllegalArgumentException e) {
            throw Refusal.input("name", e.getMessage(), "");
        }
    }
}
