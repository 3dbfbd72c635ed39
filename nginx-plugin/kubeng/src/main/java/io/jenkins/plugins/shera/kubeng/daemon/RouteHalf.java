package io.jenkins.plugins.shera.kubeng.daemon;

import io.jenkins.plugins.shera.kubeng.certificates.Shelf;
import io.jenkins.plugins.shera.kubeng.endpoints.EndpointBook;
import io.jenkins.plugins.shera.kubeng.objects.ObjectState;
import io.jenkins.plugins.shera.kubeng.objects.RouteObjects;
import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.node.LivePeers;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.render.Fingerprint;
import io.jenkins.plugins.shera.nginx.render.LiveUpstreams;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.users.PasswordFile;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The routes of nginx: those of the document, and those of objects. An object that nginx minds is found by halving, left out for a
 * while, and keeps nobody else waiting.
 */
final class RouteHalf implements IntentLane.Nginx {
    private static final Duration LEFT_OUT = Duration.ofMinutes(10);
    private static final Duration CHECK = Duration.ofSeconds(5);

    private final NginxNode node;
    private final Shelf<CertificatePair> shelf;
    private final Shelf<PasswordFile> people;
    private final RouteObjects objects;
    private final Runnable weightsChanged;
    private final LiveWay live;
    private final LivePeers peers;
    private final Map<String, Refusal> minded = new HashMap<>();
    private Set<String> good = Set.of();
    private Map<String, String> followed = Map.of();
    private volatile long checked;
    private volatile List<String> reloading = List.of();
    private Intent intent;
    private EndpointBook book;
    private volatile RouteSet inForce = RouteSet.of(List.of());
    private volatile Assembly.Taken taken = Assembly.Taken.NOTHING;

    private record Refusal(String reason, long at) {}

    RouteHalf(
            NginxNode node,
            Shelf<CertificatePair> shelf,
            Shelf<PasswordFile> people,
            RouteObjects objects,
            Runnable weightsChanged,
            LiveWay live,
            LivePeers peers) {
        this.node = node;
        this.shelf = shelf;
        this.people = people;
        this.objects = objects;
        this.weightsChanged = weightsChanged;
        this.live = live;
        this.peers = peers;
    }

    /** What became of each object. */
    List<ObjectState> states() {
        return taken.states();
    }

    /** What nginx serves. */
    RouteSet inForce() {
        return inForce;
    }

    /** Of routes of objects that are in force. */
    List<IntendedWeight> weights() {
        return taken.weights();
    }

    /** How changes of addresses reach nginx; null while that is not known. */
    NodeReport.Following following() {
        if (!live.isKnown()) {
            return null;
        }
        return new NodeReport.Following(
                live.reason(), inForce.routes().stream().filter(Route::isLive).count(), reloading);
    }

    @Override
    public Assembly assemble(Intent wanted, EndpointBook addresses) throws IOException, InterruptedException {
        live.look();
        intent = wanted;
        book = addresses;
        long now = System.nanoTime();
        minded.values().removeIf(refusal -> now - refusal.at() > LEFT_OUT.toNanos());
        return Assembly.routes(wanted, addresses, objects.candidates(wanted.objects()), this::minds, live);
    }

    private String minds(String identity) {
        Refusal refusal = minded.get(identity);
        return refusal == null ? null : refusal.reason();
    }

    /** The same with these objects alone. */
    private Assembly only(Set<String> identities) throws IOException {
        List<RouteObjects.Candidate> some = objects.candidates(intent.objects());
        return Assembly.routes(
                intent,
                book,
                some,
                identity -> identities.contains(identity)
                        ? null
                        : minds(identity) == null ? "nginx is being asked." : minds(identity),
                live);
    }

    @Override
    public String fingerprint(Assembly assembly) {
        Map<String, byte[]> files = RouteFiles.render(assembly.routes(), 1, "");
        byte[] upstreams = files.get(RouteFiles.LIVE);
        return RouteFiles.fingerprint(files) + (upstreams == null ? "" : Fingerprint.of(upstreams));
    }

    /** Addresses that changed at once; whether the workers still have them, now and then, for somebody may have begun nginx anew. */
    @Override
    public void follow(Assembly assembly) throws IOException, InterruptedException {
        Map<String, String> members = LiveUpstreams.members(assembly.routes());
        long now = System.nanoTime();
        if (members.isEmpty() || members.equals(followed) && now - checked < CHECK.toNanos()) {
            return;
        }
        if (!members.equals(followed) || !peers.isServed()) {
            followed = Map.of();
            peers.follow(assembly.routes());
            followed = members;
        }
        checked = now;
    }

    @Override
    public Assembly apply(Assembly wanted) throws IOException, InterruptedException {
        try {
            put(wanted);
            return wanted;
        } catch (Rollover.RefusedException e) {
            List<String> suspects = new ArrayList<>(wanted.objects().identities());
            suspects.removeAll(good);
            if (suspects.isEmpty()) {
                suspects.addAll(wanted.objects().identities());
            }
            if (suspects.isEmpty()) {
                throw e;
            }
            Set<String> base = new HashSet<>(wanted.objects().identities());
            suspects.forEach(base::remove);
            put(only(base));
            halve(base, suspects, e);
            Assembly last = only(base);
            put(last);
            return last;
        }
    }

    /** Adds to the base what nginx takes of the suspects, which it does not take together. */
    private void halve(Set<String> base, List<String> suspects, Rollover.RefusedException refused)
            throws IOException, InterruptedException {
        if (suspects.size() == 1) {
            minded.put(
                    suspects.get(0), new Refusal("nginx does not take it: " + refused.getMessage(), System.nanoTime()));
            return;
        }
        int half = suspects.size() / 2;
        for (List<String> part : List.of(suspects.subList(0, half), suspects.subList(half, suspects.size()))) {
            Set<String> tried = new HashSet<>(base);
            tried.addAll(part);
            try {
                put(only(tried));
                base.addAll(part);
            } catch (Rollover.RefusedException e) {
                halve(base, part, e);
            }
        }
    }

    private void put(Assembly assembly) throws IOException, InterruptedException {
        node.replace(assembly.routes(), shelf.of(assembly.routes()), people.of(assembly.routes()));
        shelf.keepOnly(assembly.routes());
        people.keepOnly(assembly.routes());
        good = Set.copyOf(assembly.objects().identities());
        followed = LiveUpstreams.members(assembly.routes());
        checked = System.nanoTime();
    }

    @Override
    public void served(Assembly assembly) {
        boolean news = !assembly.objects().weights().equals(taken.weights());
        taken = assembly.objects();
        inForce = assembly.routes();
        reloading = assembly.reloading();
        if (news) {
            weightsChanged.run();
        }
    }
}
