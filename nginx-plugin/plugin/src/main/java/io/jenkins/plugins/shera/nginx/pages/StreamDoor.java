package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Stream;
import io.jenkins.plugins.shera.nginx.rules.RuleTexts;
import io.jenkins.plugins.shera.nginx.steps.PublishStreamStep;
import io.jenkins.plugins.shera.nginx.steps.StreamDesk;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;

/** Puts TCP and UDP ports of a tenant's applications in force, and takes them away. */
final class StreamDoor {
    private final Tenant tenant;
    private final Function<String, NginxCluster> clusters;

    /** The function gives a cluster of the tenant, or refuses. */
    StreamDoor(Tenant tenant, Function<String, NginxCluster> clusters) {
        this.tenant = tenant;
        this.clusters = clusters;
    }

    private record Place(NginxCluster cluster, Application application, Environment environment, StreamDesk desk) {}

    private interface Work {
        String by(Place place, Fields fields) throws IOException, InterruptedException, InvalidRouteException;
    }

    HttpResponse put(StaplerRequest2 request) {
        return write(request, "stream.publish", (place, fields) -> {
            StreamDesk.Wish wish = wish(fields);
            fields.done();
            String stream = place.desk()
                    .publish(
                            wish,
                            place.environment(),
                            () -> ClusterLogin.ofTenant(
                                    SheraConfiguration.get()
                                            .cluster(place.environment().getCluster()),
                                    tenant));
            return Messages.stream_published(stream, place.cluster().getId());
        });
    }

    HttpResponse delete(StaplerRequest2 request) {
        return write(request, "stream.delete", (place, fields) -> {
            String name = (PublishStreamStep.isUdp(fields.text("protocol")) ? "udp:" : "tcp:") + port(fields);
            fields.done();
            place.desk().remove(name);
            return Messages.stream_removed(name, place.cluster().getId());
        });
    }

    private static StreamDesk.Wish wish(Fields fields) throws InvalidRouteException {
        String protocol = fields.text("protocol");
        return new StreamDesk.Wish(
                port(fields),
                PublishStreamStep.isUdp(protocol.isEmpty() ? "tcp" : protocol),
                fields.text("service"),
                number(fields, "servicePort"),
                fields.text("address"),
                fields.texts("members").stream()
                        .flatMap(line -> RuleTexts.words(line).stream())
                        .toList(),
                number(fields, "connectTimeout"),
                number(fields, "idleTimeout"),
                String.join(" ", fields.texts("allow")),
                String.join(" ", fields.texts("deny")));
    }

    private static int port(Fields fields) {
        return number(fields, "port");
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
                    try {
                        Place place = place(cluster, fields.text("application"), fields.text("environment"));
                        String said = work.by(place, fields);
                        place.desk()
                                .tell(
                                        place.application(),
                                        said,
                                        Jenkins.getAuthentication2().getName(),
                                        null);
                        List<String> warnings = place.desk().warnings();
                        ObjectNode body = JsonAnswer.ok().put("message", said);
                        warnings.forEach(body.putArray("warnings")::add);
                        return body;
                    } catch (InvalidRouteException e) {
                        throw Refusal.input("port", e.getMessage(), "");
                    } catch (IOException e) {
                        throw Refusal.conflict("nginx", e.getMessage(), "");
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IOException("interrupted", e);
                    }
                });
    }

    private Place place(NginxCluster cluster, String application, String environment) throws InvalidRouteException {
        Application found = SheraConfiguration.get().application(tenant.getId(), application);
        Optional<Environment> in = found == null ? Optional.empty() : found.environment(environment);
        Environment known = in.filter(one -> tenant.owns(one.getCluster(), one.getNamespace()))
                .orElseThrow(() -> Refusal.unknown(
                        "application", Messages.stream_noPlace(tenant.getId()), Messages.stream_noPlace_next()));
        RouteOwner owner = RouteOwner.of(tenant.getId(), application, environment);
        return new Place(cluster, found, known, new StreamDesk(cluster, owner));
    }

    /** The streams of a node as programs and the page get them. */
    static void into(ArrayNode all, List<Stream> streams) {
        for (Stream stream : streams) {
            ObjectNode json = all.addObject();
            json.put("name", stream.name());
            json.put("port", stream.port());
            json.put("protocol", stream.udp() ? "udp" : "tcp");
            json.put("tenant", stream.owner().tenant());
            json.put("application", stream.owner().application());
            json.put("environment", stream.owner().environment());
            ClusterJson.members(json.putArray("members"), stream.members());
            json.put("allow", String.join(" ", stream.allow()));
            json.put("deny", String.join(" ", stream.deny()));
        }
    }
}
