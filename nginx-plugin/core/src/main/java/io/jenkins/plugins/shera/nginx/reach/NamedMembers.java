package io.jenkins.plugins.shera.nginx.reach;

import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.Stream;
import io.jenkins.plugins.shera.nginx.model.StreamSet;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The members that a configuration names, and no other address. Those of UDP ports are left out, for nobody tells whether a datagram
 * arrives.
 */
public final class NamedMembers {
    private final List<Named> all = new ArrayList<>();

    /** One of an owner. */
    private record Named(String owner, Member member) {}

    /** Those of routes, their canaries, and streams. */
    public NamedMembers(RouteSet routes, WeightSet weights, StreamSet streams) {
        for (Route route : routes.routes()) {
            add(route.owner().id(), route.members());
        }
        for (Weight weight : weights.weights()) {
            add(weight.owner().id(), weight.canary());
        }
        for (Stream stream : streams.streams()) {
            if (!stream.udp()) {
                add(stream.owner().id(), stream.members());
            }
        }
    }

    private void add(String owner, List<Member> members) {
        members.forEach(member -> all.add(new Named(owner, member)));
    }

    /** All of them. */
    public List<Member> members() {
        return all.stream().map(Named::member).toList();
    }

    /** Who has which of the addresses that are not reached. */
    public List<Unreached> of(Map<String, Unreached.Why> unreached) {
        return all.stream()
                .filter(one -> unreached.containsKey(one.member().authority()))
                .map(one -> new Unreached(
                        one.owner(),
                        one.member().authority(),
                        unreached.get(one.member().authority())))
                .distinct()
                .toList();
    }
}
