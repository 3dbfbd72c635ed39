package io.jenkins.plugins.shera.nginx.render;

import io.jenkins.plugins.shera.nginx.language.Argument;
import io.jenkins.plugins.shera.nginx.language.Directive;
import io.jenkins.plugins.shera.nginx.language.Directive.Entry;
import io.jenkins.plugins.shera.nginx.model.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One server for many hosts that differ only in where they lead to, which a {@code map} tells. */
final class SharedServer {
    /** A key of a map with what nginx keeps beside it must fit into 64 bytes, a bucket's size unless configured. */
    private static final int LONGEST_KEY = 40;

    private SharedServer() {}

    /** Whether this is all of a plain host; names without a dot are left out, some mean something else in a map. */
    static boolean takes(List<Route> ofHost) {
        Route first = ofHost.get(0);
        return ofHost.size() == 1
                && first.tls() == null
                && first.ownPlaces().equals(List.of("/"))
                && first.host().length() <= LONGEST_KEY
                && first.host().indexOf('.') > 0;
    }

    /** The maps and the server of one port. */
    static List<Directive> of(int port, List<Route> routes, Function<Route, String> target) {
        String route = "$shera_route_" + port;
        String stable = "$shera_stable_" + port;
        List<Entry> keys = new ArrayList<>();
        List<Entry> targets = new ArrayList<>();
        List<Directive> inner = new ArrayList<>(List.of(Directive.of("listen", String.valueOf(port))));
        for (Route one : routes) {
            keys.add(Entry.of(one.host(), Servers.routeKey(one.owner())));
            targets.add(Entry.of(one.host(), target.apply(one)));
            inner.add(Directive.of("server_name", one.host()));
        }
        inner.add(Servers.location("/", set("$shera_route", route), set("$shera_stable", stable)));
        return List.of(
                Directive.mapOf("$host", route, keys),
                Directive.mapOf("$host", stable, targets),
                Directive.block("server", List.of(), inner));
    }

    private static Directive set(String variable, String from) {
        return new Directive("set", List.of(Argument.expression(variable), Argument.expression(from)), null);
    }
}
