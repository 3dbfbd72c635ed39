package io.jenkins.plugins.shera.kubeng.endpoints;

import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** DNS names, asked by this daemon so that nginx starts while DNS is down; Java keeps an answer for 30 s. */
final class Names {
    private Names() {}

    static List<Member> find(Target target) throws InvalidRouteException {
        try {
            List<Member> members = new ArrayList<>();
            for (String address : Stream.of(InetAddress.getAllByName(target.name()))
                    .map(InetAddress::getHostAddress)
                    .filter(address -> address.indexOf('%') < 0)
                    .sorted()
                    .toList()) {
                members.add(Member.of(address, target.port(), target.weight()));
            }
            return members;
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
