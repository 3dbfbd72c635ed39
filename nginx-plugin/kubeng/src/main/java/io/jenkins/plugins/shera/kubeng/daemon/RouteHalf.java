package io.jenkins.plugins.shera.kubeng.daemon;

import io.jenkins.plugins.shera.kubeng.certificates.Shelf;
import io.jenkins.plugins.shera.kubeng.endpoints.EndpointBook;
import io.jenkins.plugins.shera.kubeng.objects.ObjectState;
import io.jenkins.plugins.shera.kubeng.objects.RouteObjects;
import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
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

    private final NginxNode node;
    private final Shelf<CertificatePair> shelf;
    private final Shelf<PasswordFile> people;
    private final RouteObjects objects;
    private final Runnable weightsChanged;
    private final Map<String, Refusal> minded = new HashMap<>();
    private Set<String> good = Set.of();
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
            Runnable weightsChanged) {
        this.node = node;
        this.shelf = shelf;
        this.people = people;
        this.objects = objects;
        this.weightsChanged = weightsChanged;
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

    @Override
    public Assembly assemble(Intent wanted, EndpointBook addresses) throws IOException {
        intent = wanted;
        book = addresses;
        long now = System.nanoTime();
        minded.values().removeIf(refusal -> now - refusal.at() > LEFT_OUT.toNanos());
        return Assembly.routes(wanted, addresses, objects.candidates(wanted.objects()), this::minds);
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
                        : minds(identity) == null ? "nginx is being asked." : minds(identity));
    }

    @Override
    public String fingerprint(Assembly assembly) {
        return RouteFiles.fingerprint(RouteFiles.render(assembly.routes(), 1, ""));
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
    }

    @Override
    public void served(Assembly assembly) {
        boolean news = !assembly.objects().weights().equals(taken.weights());
        taken = assembly.objects();
        inForce = assembly.routes();
        if (news) {
            weightsChanged.run();
        }
    }
}
