package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Util;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.steps.PublishRouteStep;
import io.jenkins.plugins.shera.nginx.steps.PublishedRoute;
import io.jenkins.plugins.shera.nginx.steps.RemovedRoute;
import io.jenkins.plugins.shera.nginx.steps.RouteExport;
import io.jenkins.plugins.shera.nginx.steps.RoutePlace;
import io.jenkins.plugins.shera.nginx.steps.RoutePlan;
import io.jenkins.plugins.shera.nginx.steps.RoutePublishing;
import io.jenkins.plugins.shera.nginx.steps.RouteRemoving;
import io.jenkins.plugins.shera.nginx.steps.RouteRulesSettings;
import io.jenkins.plugins.shera.nginx.steps.RouteTlsSettings;
import io.jenkins.plugins.shera.nginx.steps.RouteWeighing;
import io.jenkins.plugins.shera.nginx.steps.SetRouteWeightStep;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.pages.QueryText;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Makes applications of a tenant reachable, and sends shares of their requests elsewhere. */
final class RouteDoor {
    private final Tenant tenant;
    private final Function<String, NginxCluster> clusters;

    /** The function gives a cluster of the tenant, or refuses. */
    RouteDoor(Tenant tenant, Function<String, NginxCluster> clusters) {
        this.tenant = tenant;
        this.clusters = clusters;
    }

    private interface Work {
        ObjectNode by(RoutePlace place, Fields fields) throws IOException, InterruptedException, InvalidRouteException;
    }

    /** Publishes a route, as the step {@code publishRoute} does; with {@code dryRun} it only tells what that would change. */
    HttpResponse publish(StaplerRequest2 request) {
        return write(request, "route.publish", (place, fields) -> {
            PublishRouteStep step = step(
                    fields, place.application().getName(), place.environment().getName());
            boolean dryRun = fields.flag("dryRun");
            fields.done();
            if (dryRun) {
                return planned(RoutePublishing.plan(step, place));
            }
            PublishedRoute published = RoutePublishing.publish(step, place);
            ObjectNode body = JsonAnswer.ok()
                    .put("url", published.getUrl())
                    .put("nodes", published.getNodes())
                    .put("generation", published.getGeneration());
            published.getWarnings().forEach(body.putArray("warnings")::add);
            return body;
        });
    }

    private static ObjectNode planned(RoutePlan plan) {
        ObjectNode body = JsonAnswer.ok()
                .put("node", plan.node())
                .put("before", plan.before())
                .put("after", plan.after());
        plan.leadsTo().forEach(body.putArray("leadsTo")::add);
        return body;
    }

    /** Sends the route of {@code ?application=} in {@code environment} as an HTTPRoute for {@code gateway}, a file of YAML. */
    void export(NginxCluster cluster, StaplerRequest2 request, StaplerResponse2 response)
            throws IOException, InterruptedException {
        QueryText query = new QueryText(request);
        String yaml;
        try {
            RoutePlace place = RoutePlace.of(
                    cluster,
                    tenant,
                    query.text("application"),
                    query.text("environment"),
                    Jenkins.getAuthentication2().getName());
            yaml = RouteExport.yaml(place, query.text("gateway"));
        } catch (Refusal e) {
            throw new RefusedRead(e);
        } catch (InvalidRouteException e) {
            throw new RefusedRead(Refusal.input("route", e.getMessage(), ""));
        } catch (IOException e) {
            throw new RefusedRead(Refusal.conflict("nginx", e.getMessage(), ""));
        }
        response.setContentType("application/yaml;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Disposition", "attachment; filename=\"httproute.yaml\"");
        response.getOutputStream().write(yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** What the fields of a publishing say. */
    static PublishRouteStep step(Fields fields, String application, String environment) {
        PublishRouteStep step = new PublishRouteStep(application, environment, fields.text("host"));
        String path = fields.text("path");
        step.setPath(path.isEmpty() ? step.getPath() : path);
        step.setPort(number(fields, "port"));
        step.setService(fields.text("service"));
        step.setServicePort(number(fields, "servicePort"));
        step.setMembers(fields.texts("members"));
        step.setAddress(fields.text("address"));
        step.setTls(fields.object("tls", null, RouteTlsSettings::of));
        step.setRules(fields.object("rules", null, RouteRulesSettings::of));
        return step;
    }

    /** Sets a share, as the step {@code setRouteWeight} does. */
    HttpResponse weigh(StaplerRequest2 request) {
        return write(request, "route.weight", (place, fields) -> {
            SetRouteWeightStep step = new SetRouteWeightStep(
                    place.application().getName(), place.environment().getName(), number(fields, "weight"));
            step.setCanary(Util.fixEmptyAndTrim(fields.text("canary")));
            step.setServicePort(number(fields, "servicePort"));
            step.setMembers(fields.texts("members"));
            fields.done();
            return JsonAnswer.ok().put("message", RouteWeighing.weigh(step, place));
        });
    }

    /** Takes a route away, as the step {@code removeRoute} does; the application it led to need not be there any more. */
    HttpResponse remove(StaplerRequest2 request) {
        return WebWrite.of(request, "route.remove", "")
                .tenant(tenant.getId())
                .permitted(SheraPermissions.ROUTE, needed -> TenantFolder.allows(tenant, needed))
                .run(fields -> {
                    NginxCluster cluster = clusters.apply(fields.text("nginx"));
                    String path = fields.text("path");
                    RouteRemoving.Wish wish = new RouteRemoving.Wish(
                            fields.text("host"), path.isEmpty() ? "/" : path, number(fields, "port"));
                    fields.done();
                    return answered(() -> {
                        RemovedRoute removed = new RouteRemoving(
                                        cluster,
                                        tenant.getId(),
                                        Jenkins.getAuthentication2().getName(),
                                        null,
                                        said -> {})
                                .remove(wish);
                        return JsonAnswer.ok()
                                .put("url", removed.getUrl())
                                .put("nodes", removed.getNodes())
                                .put("generation", removed.getGeneration());
                    });
                });
    }

    private interface Answer {
        ObjectNode get() throws IOException, InterruptedException, InvalidRouteException;
    }

    /** What refuses a route is told in the words that it has for people. */
    private static ObjectNode answered(Answer answer) throws IOException {
        try {
            return answer.get();
        } catch (InvalidRouteException e) {
            throw Refusal.input("route", e.getMessage(), "");
        } catch (IOException e) {
            throw Refusal.conflict("nginx", e.getMessage(), "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** A number that is out of range stays out of range, and is refused by name later. */
    private static int number(Fields fields, String name) {
        long given = fields.number(name).orElse(0);
        return given != (int) given ? -1 : (int) given;
    }

    private HttpResponse write(StaplerRequest2 request, String what, Work work) {
        return WebWrite.of(request, what, "")
                .tenant(tenant.getId())
                .permitted(SheraPermissions.ROUTE, needed -> TenantFolder.allows(tenant, needed))
                .run(fields -> {
                    NginxCluster cluster = clusters.apply(fields.text("nginx"));
                    return answered(() -> work.by(
                            RoutePlace.of(
                                    cluster,
                                    tenant,
                                    fields.text("application"),
                                    fields.text("environment"),
                                    Jenkins.getAuthentication2().getName()),
                            fields));
                });
    }
}
