package io.jenkins.plugins.shera.nginx.render;

import io.jenkins.plugins.shera.nginx.language.Directive;
import io.jenkins.plugins.shera.nginx.language.LuaText;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteBalance;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Upstreams whose members stand in memory that the workers share, by nginx's Lua module, and in a file of which that is filled: changing them takes
 * no reload. All of the Lua is ours; of what comes from outside only the path of our folder stands in it, quoted.
 */
public final class LiveUpstreams {
    /** The upstream of all of them together where there are too many for one each. */
    static final String SHARED = "shera.live";

    /** Path of the version server at which workers read the file again and tell what they hold. */
    public static final String DOOR = "/peers";

    /** Where in our folder it lies, with a slash before. */
    public static final String FOLDER = "/live";

    private static final String MODULE = "shera_live";
    private static final int MOST_IDLE = 256;

    private LiveUpstreams() {}

    /** Whether there is any. */
    public static boolean areIn(RouteSet routes) {
        return routes.routes().stream().anyMatch(Route::isLive);
    }

    /** The file with the members, in this folder of ours. */
    public static String file(String folder) {
        return folder + FOLDER + "/routes.peers";
    }

    /** Why members of a route with this balance change with a reload nevertheless, or nothing. */
    public static Optional<String> unable(RouteBalance balance) {
        if (balance == null || balance.isNone()) {
            return Optional.empty();
        }
        if (balance.stickyCookie() != null) {
            return Optional.of("its sticky cookie names an upstream for each member");
        }
        return Optional.of(
                balance.method() != null
                        ? "nginx itself balances by " + balance.methodText()
                        : "nginx itself counts its failures (max_fails, fail_timeout)");
    }

    /** Members of each live route by its key, as they stand in the file: {@code 10.0.0.5:80=1 10.0.0.6:80=1}. */
    public static SortedMap<String, String> members(RouteSet routes) {
        SortedMap<String, String> members = new TreeMap<>();
        for (Route route : routes.routes()) {
            if (route.isLive()) {
                members.put(key(route), written(route.members()));
            }
        }
        return members;
    }

    /** By which the file names a route. */
    public static String key(Route route) {
        return Servers.routeKey(route.owner());
    }

    private static String written(List<Member> members) {
        return members.stream()
                .map(member -> member.authority() + "=" + member.weight())
                .collect(Collectors.joining(" "));
    }

    /** Everything that a test of the module needs, without any upstream. */
    public static List<Directive> probe(String folder) {
        return List.of(memory(), begin(folder));
    }

    static List<Directive> of(RouteSet routes, String folder) {
        List<Directive> all = new ArrayList<>(probe(folder));
        List<Route> live = routes.routes().stream().filter(Route::isLive).toList();
        if (Servers.isMany(routes)) {
            all.add(upstream(SHARED, "ngx.var.shera_route", MOST_IDLE));
        } else {
            for (Route route : live) {
                all.add(upstream(Servers.upstreamName(route), LuaText.quote(key(route)), 16));
            }
        }
        return all;
    }

    private static Directive memory() {
        return Directive.of("lua_shared_dict", MODULE, "16m");
    }

    private static Directive begin(String folder) {
        return Directive.lua(
                "init_by_lua_block",
                program() + "package.loaded[\"" + MODULE + "\"] = open(" + LuaText.quote(file(folder)) + ")");
    }

    /** nginx wants a server; its address belongs to nobody, and is never asked. */
    private static Directive upstream(String name, String key, int idle) {
        return Directive.block(
                "upstream",
                List.of(name),
                List.of(
                        Directive.of("server", "0.0.0.1:1"),
                        Directive.lua("balancer_by_lua_block", "require(\"" + MODULE + "\").choose(" + key + ")"),
                        Directive.of("keepalive", String.valueOf(idle))));
    }

    static Directive door() {
        return Directive.block(
                "location",
                List.of("=", DOOR),
                List.of(Directive.lua("content_by_lua_block", "require(\"" + MODULE + "\").door()")));
    }

    private static String program() {
        try (InputStream in = LiveUpstreams.class.getResourceAsStream("live.lua")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("live.lua cannot be read", e);
        }
    }
}
