package io.jenkins.plugins.shera.nginx.steps;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.CanaryRule;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.node.WeightReading;
import io.jenkins.plugins.shera.nginx.upstream.AddressMode;
import io.jenkins.plugins.shera.nginx.upstream.ServiceMembers;
import io.jenkins.plugins.shera.platform.extension.TrafficRouter;
import io.jenkins.plugins.shera.platform.traffic.Match;
import io.jenkins.plugins.shera.platform.traffic.Traffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficReading;
import io.jenkins.plugins.shera.platform.traffic.TrafficTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code kubeng(nginx: 'edge')}: every node of an nginx cluster splits the requests of the application's route. */
public final class KubengRouter extends TrafficRouter {
    private static final int USUAL_DRAIN = 10;

    private String nginx;
    private int drainSeconds = USUAL_DRAIN;

    /** With its defaults. */
    @DataBoundConstructor
    public KubengRouter() {
        // every parameter has a default
    }

    /** Id of the nginx cluster; null for the only one the tenant may use. */
    public String getNginx() {
        return nginx;
    }

    @DataBoundSetter
    public void setNginx(String nginx) {
        this.nginx = Util.fixEmptyAndTrim(nginx);
    }

    public int getDrainSeconds() {
        return drainSeconds;
    }

    @DataBoundSetter
    public void setDrainSeconds(int drainSeconds) {
        this.drainSeconds = drainSeconds;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("nginx", Util.fixNull(nginx), "drainSeconds", String.valueOf(drainSeconds));
    }

    @Override
    public Split split() {
        return Split.REQUESTS;
    }

    @Override
    public Duration drain() {
        return Duration.ofSeconds(drainSeconds);
    }

    @Override
    public void check(TrafficTarget target) throws IOException {
        NginxCluster cluster = cluster(target);
        if (cluster.isKubeng()) {
            RouteOwner owner = owner(target);
            if (!new KubengNodes(cluster).isRouted(owner)) {
                throw new IOException(Messages.KubengNodes_noRoute(
                        owner.id(), cluster.getId(), target.application(), target.environment()));
            }
            if (new KubengNodes(cluster).way(owner).orElse(null) == Target.Kind.NODES) {
                throw new IOException(io.jenkins.plugins.shera.nginx.upstream.Messages.AddressMode_canary(owner.id()));
            }
            return;
        }
        WeightNodes nodes = new WeightNodes(cluster);
        for (NginxNodeSettings node : cluster.getNodes()) {
            if (!nodes.read(node, owner(target)).routed()) {
                throw new IOException(Messages.KubengRouter_noRoute(
                        target.toString(),
                        NodeAccess.name(node),
                        cluster.getId(),
                        target.application(),
                        target.environment()));
            }
        }
    }

    @Override
    public void apply(TrafficTarget target, Traffic wanted) throws IOException {
        try {
            List<CanaryRule> rules = new ArrayList<>();
            for (Match match : wanted.matches()) {
                rules.add(CanaryRule.of(match.kind() == Match.Kind.COOKIE, match.name(), match.value()));
            }
            NginxCluster cluster = cluster(target);
            if (cluster.isKubeng()) {
                List<Target> canary = wanted.isNone() ? List.of() : List.of(canary(new KubengNodes(cluster), target));
                new KubengNodes(cluster)
                        .want(new IntendedWeight(
                                owner(target),
                                wanted.percent(),
                                rules,
                                canary,
                                target.rollout(),
                                target.generation(),
                                0));
                return;
            }
            List<Member> canary = wanted.isNone()
                    ? List.of()
                    : ServiceMembers.of(target.api(), target.namespace(), target.canary(), target.port());
            new WeightNodes(cluster)
                    .set(Weight.of(
                            owner(target), wanted.percent(), rules, canary, target.rollout(), target.generation()));
        } catch (InvalidRouteException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Found by the nodes in the way in which they find the stable side. */
    private static Target canary(KubengNodes nodes, TrafficTarget target) throws IOException {
        AddressMode mode =
                nodes.way(owner(target)).orElse(null) == Target.Kind.PODS ? AddressMode.POD_IP : AddressMode.CLUSTER_IP;
        return mode.target(target.cluster(), target.namespace(), target.canary(), target.port());
    }

    @Override
    public void reset(TrafficTarget target) throws IOException {
        if (cluster(target).isKubeng()) {
            apply(target, Traffic.NONE);
        } else {
            new WeightNodes(cluster(target)).set(Weight.none(owner(target), target.rollout(), target.generation()));
        }
    }

    @Override
    public TrafficReading read(TrafficTarget target) throws IOException {
        NginxCluster cluster = cluster(target);
        if (cluster.isKubeng()) {
            return readKubeng(cluster, owner(target));
        }
        WeightNodes nodes = new WeightNodes(cluster);
        long generation = 0;
        Traffic traffic = null;
        boolean settled = true;
        List<String> lagging = new ArrayList<>();
        for (NginxNodeSettings node : cluster.getNodes()) {
            WeightReading reading = nodes.read(node, owner(target));
            Traffic here = reading.weight() == null ? Traffic.NONE : traffic(reading.weight());
            generation = Math.max(
                    generation, reading.weight() == null ? 0 : reading.weight().generation());
            settled &= reading.served() && (traffic == null || traffic.equals(here));
            if (!reading.served()) {
                lagging.add(NodeAccess.name(node));
            }
            traffic = here;
        }
        String detail =
                lagging.isEmpty() ? "" : Messages.KubengRouter_lagging(String.join(", ", lagging), cluster.getId());
        return new TrafficReading(generation, traffic, settled, detail);
    }

    private static TrafficReading readKubeng(NginxCluster cluster, RouteOwner owner) throws IOException {
        KubengNodes nodes = new KubengNodes(cluster);
        List<String> lagging = nodes.lagging(owner);
        String detail =
                lagging.isEmpty() ? "" : Messages.KubengRouter_lagging(String.join(", ", lagging), cluster.getId());
        return nodes.weightOf(owner)
                .map(weight -> new TrafficReading(
                        weight.generation(), traffic(weight.percent(), weight.rules()), lagging.isEmpty(), detail))
                .orElseGet(() -> new TrafficReading(0, Traffic.NONE, lagging.isEmpty(), detail));
    }

    private static Traffic traffic(Weight weight) {
        return traffic(weight.percent(), weight.rules());
    }

    private static Traffic traffic(int percent, List<CanaryRule> rules) {
        return new Traffic(
                percent,
                rules.stream()
                        .map(rule -> new Match(
                                rule.cookie() ? Match.Kind.COOKIE : Match.Kind.HEADER, rule.name(), rule.value()))
                        .toList());
    }

    private NginxCluster cluster(TrafficTarget target) throws IOException {
        try {
            return NodeAccess.anyCluster(nginx, target.tenant());
        } catch (InvalidRouteException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static RouteOwner owner(TrafficTarget target) throws IOException {
        try {
            return RouteOwner.of(target.tenant(), target.application(), target.environment());
        } catch (InvalidRouteException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Offers the router to rollouts. */
    @Extension
    @Symbol("kubeng")
    public static final class DescriptorImpl extends RouterDescriptor {
        @Override
        public String kind() {
            return "kubeng";
        }

        @Override
        public KubengRouter restore(Map<String, String> settings) {
            KubengRouter router = new KubengRouter();
            router.setNginx(settings.get("nginx"));
            router.setDrainSeconds(
                    Integer.parseInt(settings.getOrDefault("drainSeconds", String.valueOf(USUAL_DRAIN))));
            return router;
        }

        @Override
        public String getDisplayName() {
            return Messages.KubengRouter_displayName();
        }
    }
}
