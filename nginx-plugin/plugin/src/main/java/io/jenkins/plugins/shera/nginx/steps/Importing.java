package io.jenkins.plugins.shera.nginx.steps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.imports.Choices;
import io.jenkins.plugins.shera.nginx.imports.Clashes;
import io.jenkins.plugins.shera.nginx.imports.ConfigTree;
import io.jenkins.plugins.shera.nginx.imports.ImportPlan;
import io.jenkins.plugins.shera.nginx.imports.Importer;
import io.jenkins.plugins.shera.nginx.imports.InvalidImportException;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.PathMatch;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.site.SiteAllowance;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.upstream.NamedMembers;
import io.jenkins.plugins.shera.nginx.work.RoutesNowOnNode;
import io.jenkins.plugins.shera.nginx.work.TakeoverOnNode;
import io.jenkins.plugins.shera.nginx.work.TreeOnNode;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Takes over what people wrote by hand on nginx nodes: planned, then on every node of the cluster or on none. The caller checked who may. */
public final class Importing {
    private final NginxCluster cluster;
    private final String tenant;

    /** For this tenant. */
    public Importing(NginxCluster cluster, String tenant) {
        this.cluster = cluster;
        this.tenant = tenant;
    }

    /**
     * A route that is taken over.
     *
     * @param pair the certificate that it shows; null where it shows none
     */
    public record Taken(RoutePlace place, Route route, CertificatePair pair) {
        /** As the fields of a publishing say it; {@code exact} where it takes one path alone. */
        public static Taken of(PublishRouteStep step, boolean exact, RoutePlace place) throws InvalidRouteException {
            if (step.getMembers().isEmpty()) {
                throw new InvalidRouteException(Messages.Importing_members(step.getHost()));
            }
            NginxCluster nginx = place.nginx();
            ShownPair shown = ShownPair.of(step.getTls(), nginx, place.tenant().getId(), step.getHost(), place.log());
            WantedRules wanted = WantedRules.of(step.getRules(), place.tenant(), place.owner(), step.getHost());
            if (wanted.people() != null) {
                throw new InvalidRouteException(Messages.Importing_users(step.getHost()));
            }
            Route route = Route.of(
                            place.owner(),
                            step.getHost(),
                            step.getPort() == 0 ? nginx.getPort() : step.getPort(),
                            step.getPath(),
                            NamedMembers.of(step.getMembers()))
                    .over(shown.tls())
                    .ruled(wanted.rules());
            RouteRuling.requireCovered(nginx, route);
            return new Taken(place, exact ? route.matching(PathMatch.EXACT) : route, shown.pair());
        }
    }

    /** Plans what a node has; nothing is changed. */
    public ImportPlan planOf(String node, Choices choices) throws IOException, InterruptedException {
        TreeOnNode.Found found =
                NodeAccess.channel(SiteDesk.node(cluster, node)).call(new TreeOnNode());
        return plan(found.tree(), found.ours(), choices);
    }

    /** Plans what an archive has, texts by their path; nothing is changed. */
    public ImportPlan planOf(Map<String, String> tree, Choices choices) throws IOException, InterruptedException {
        try {
            return plan(ConfigTree.of(tree), "", choices);
        } catch (InvalidImportException e) {
            throw new SitePush.FailedException(e.getMessage(), e);
        }
    }

    private ImportPlan plan(ConfigTree tree, String ours, Choices choices) throws IOException, InterruptedException {
        if (cluster.getNodes().isEmpty()) {
            throw new SitePush.FailedException(Messages.PublishRouteExecution_noNodes(cluster.getId()), null);
        }
        try {
            RouteSet published =
                    RouteSet.of(NodeAccess.channel(cluster.getNodes().get(0)).call(new RoutesNowOnNode()));
            return new Importer(tree, ours, published, tenant, choices, SiteDesk.allowance(tenant)).plan();
        } catch (InvalidImportException e) {
            throw new SitePush.FailedException(e.getMessage(), e);
        }
    }

    /** The files of people that the cluster would have with those of a plan. */
    public Map<String, String> merged(ImportPlan plan) throws IOException {
        Map<String, String> files =
                new TreeMap<>(SiteDesk.intended(cluster.getId()).orElse(new TreeMap<>()));
        files.putAll(plan.files());
        return files;
    }

    /**
     * Puts these routes and files in force together: tested on every node, then on one after the other; all go back when one refuses.
     *
     * @param base number of the push of files that these were made from
     * @throws IOException with a message for people; every node has what it had, except those it names
     */
    public void takeOver(
            List<Taken> taken, long base, Map<String, String> files, String who, String why, Consumer<String> log)
            throws IOException, InterruptedException, InvalidRouteException {
        SiteDesk.check(tenant, files);
        List<Route> routes = taken.stream().map(Taken::route).toList();
        if (routes.stream().map(Route::owner).distinct().count() < routes.size()) {
            throw new InvalidRouteException(Messages.Importing_twice());
        }
        SiteDesk.enter(cluster.getId());
        try {
            WaitingDesk.requireNone(cluster.getId());
            SiteDesk.requireNewest(cluster.getId(), base);
            requireFree(routes, files);
            try {
                everywhere(routes, pairs(taken), files, log);
            } catch (IOException e) {
                AuditLine.of("nginx.import", cluster.getId()).tenant(tenant).failed(e.getMessage());
                throw e;
            }
            SiteDesk.done(cluster.getId(), tenant, base, files, who, why, null);
            AuditLine.of("nginx.import", cluster.getId())
                    .tenant(tenant)
                    .after(JsonNodeFactory.instance
                            .objectNode()
                            .put(
                                    "routes",
                                    String.join(
                                            " ",
                                            routes.stream()
                                                    .map(Route::host)
                                                    .distinct()
                                                    .toList()))
                            .put("files", String.join(" ", files.keySet()))
                            .toString())
                    .done();
            for (Taken one : taken) {
                one.place().audit("route.publish").done();
                PublishedRoute published = new PublishedRoute(
                        one.route(), cluster.getId(), cluster.getNodes().size(), 0, List.of());
                one.place().tell(Messages._PublishRouteExecution_timeline(published.getUrl()));
            }
        } finally {
            SiteDesk.leave(cluster.getId());
        }
    }

    private static List<CertificatePair> pairs(List<Taken> taken) {
        return taken.stream()
                .map(Taken::pair)
                .filter(pair -> pair != null)
                .distinct()
                .toList();
    }

    /** A name that the node's own files serve, too, would go on to be served by whichever nginx reads first. */
    private void requireFree(List<Route> routes, Map<String, String> files) throws IOException, InterruptedException {
        List<String> names = NodeAccess.names(cluster.getNodes());
        for (int i = 0; i < names.size(); i++) {
            TreeOnNode.Found found =
                    NodeAccess.channel(cluster.getNodes().get(i)).call(new TreeOnNode());
            try {
                List<String> clashes = new Clashes(found.tree(), found.ours()).with(routes, files);
                if (!clashes.isEmpty()) {
                    throw new SitePush.FailedException(
                            Messages.Importing_clash(names.get(i), String.join(", ", clashes)), null);
                }
            } catch (InvalidImportException e) {
                throw new SitePush.FailedException(names.get(i) + ": " + e.getMessage(), e);
            }
        }
    }

    private void everywhere(
            List<Route> routes, List<CertificatePair> pairs, Map<String, String> files, Consumer<String> log)
            throws IOException, InterruptedException {
        List<String> names = NodeAccess.names(cluster.getNodes());
        List<NginxNodeSettings> nodes = cluster.getNodes();
        SiteAllowance allowed = SiteDesk.allowance(tenant);
        for (int i = 0; i < nodes.size(); i++) {
            try {
                NodeAccess.channel(nodes.get(i)).call(TakeoverOnNode.test(routes, pairs, files, allowed));
            } catch (IOException e) {
                throw new SitePush.FailedException(
                        Messages.SitePush_refused(names.get(i), cluster.getId(), e.getMessage()), e);
            }
        }
        Map<Integer, TakeoverOnNode.Before> before = new LinkedHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            try {
                before.put(i, NodeAccess.channel(nodes.get(i)).call(TakeoverOnNode.put(routes, pairs, files, allowed)));
                log.accept(Messages.SitePush_serves(names.get(i)));
            } catch (IOException e) {
                String lost = giveBack(before, names);
                throw new SitePush.FailedException(
                        Messages.SitePush_refused(names.get(i), cluster.getId(), e.getMessage())
                                + (lost.isEmpty() ? "" : " " + Messages.SitePush_lost(lost)),
                        e);
            }
        }
    }

    private String giveBack(Map<Integer, TakeoverOnNode.Before> before, List<String> names)
            throws InterruptedException {
        List<String> lost = new ArrayList<>();
        for (Map.Entry<Integer, TakeoverOnNode.Before> one : before.entrySet()) {
            try {
                NodeAccess.channel(cluster.getNodes().get(one.getKey())).call(TakeoverOnNode.back(one.getValue()));
            } catch (IOException e) {
                lost.add(names.get(one.getKey()) + " (" + e.getMessage() + ")");
            }
        }
        return String.join(", ", lost);
    }
}
