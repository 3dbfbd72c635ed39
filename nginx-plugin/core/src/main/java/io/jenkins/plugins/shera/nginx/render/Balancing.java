package io.jenkins.plugins.shera.nginx.render;

import io.jenkins.plugins.shera.nginx.language.Directive;
import io.jenkins.plugins.shera.nginx.language.Directive.Entry;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteBalance;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The upstream of a route with its way to choose a member. A sticky cookie, which nginx has by itself only since 1.29.6, is made of what every nginx has:
 * an upstream for each member with the next ones as its backup, a map from the cookie to it, and a map from the member that answered to the cookie.
 */
final class Balancing {
    /** Who take the place of a sticky member that is down. */
    private static final int BACKUPS = 4;

    private static final int DIGEST = 16;

    private Balancing() {}

    /** Upstream of the route, and what its sticky cookie needs, in the http block. */
    static List<Directive> of(Route route, String name) {
        RouteBalance balance = balance(route);
        List<Directive> all = new ArrayList<>(List.of(upstream(name, route.members(), balance)));
        if (isSticky(route)) {
            sticky(route, name, balance, all);
        }
        return all;
    }

    /** Members in turn, as nginx does it by itself. */
    static Directive plain(String name, List<Member> members) {
        return upstream(name, members, RouteBalance.NONE);
    }

    /** Whether a cookie decides; with a single member there is nothing to decide. */
    static boolean isSticky(Route route) {
        return balance(route).stickyCookie() != null && route.members().size() > 1;
    }

    /** The variable that holds the upstream of a sticky route. */
    static String variable(Route route) {
        return "$shera_at_" + Servers.routeKey(route.owner());
    }

    /** What a location adds so that a client has the cookie of who answered it; nginx sends no header with an empty value. */
    static Directive cookie(Route route) {
        return Directive.withExpression("add_header", List.of("Set-Cookie"), sent(route));
    }

    private static String sent(Route route) {
        return "$shera_stay_" + Servers.routeKey(route.owner());
    }

    private static RouteBalance balance(Route route) {
        return route.rules() == null || route.rules().balance() == null
                ? RouteBalance.NONE
                : route.rules().balance();
    }

    private static Directive upstream(String name, List<Member> members, RouteBalance balance) {
        List<Directive> inner = new ArrayList<>();
        if (balance.method() != null) {
            inner.add(method(balance));
        }
        members.forEach(member -> inner.add(server(member, balance, false)));
        inner.add(Directive.of("keepalive", "16"));
        return Directive.block("upstream", List.of(name), inner);
    }

    private static Directive method(RouteBalance balance) {
        return switch (balance.method()) {
            case LEAST_CONN -> Directive.of("least_conn");
            case IP_HASH -> Directive.of("ip_hash");
            case RANDOM -> Directive.of("random", "two", "least_conn");
            case URI -> hash("$request_uri");
            case HEADER ->
                hash("$http_" + balance.key().toLowerCase(Locale.ROOT).replace('-', '_'));
            case COOKIE -> hash("$cookie_" + balance.key());
        };
    }

    private static Directive hash(String key) {
        return Directive.zone("hash", key, "consistent");
    }

    private static Directive server(Member member, RouteBalance balance, boolean backup) {
        List<String> words = new ArrayList<>(List.of(member.authority(), "weight=" + member.weight()));
        if (balance.maxFails() > 0) {
            words.add("max_fails=" + balance.maxFails());
        }
        if (balance.failSeconds() > 0) {
            words.add("fail_timeout=" + balance.failSeconds() + "s");
        }
        if (backup) {
            words.add("backup");
        }
        return Directive.of("server", words.toArray(String[]::new));
    }

    private static void sticky(Route route, String name, RouteBalance balance, List<Directive> all) {
        List<Member> members = route.members();
        List<Entry> places = new ArrayList<>(List.of(Entry.of("default", name)));
        List<Entry> digests = new ArrayList<>(List.of(Entry.of("default", "")));
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            String digest = digest(route, member);
            String own = name + "." + digest;
            List<Directive> inner = new ArrayList<>(List.of(server(member, balance, false)));
            for (int next = 1; next <= Math.min(BACKUPS, members.size() - 1); next++) {
                inner.add(server(members.get((i + next) % members.size()), balance, true));
            }
            inner.add(Directive.of("keepalive", "16"));
            all.add(Directive.block("upstream", List.of(own), inner));
            places.add(Entry.of(digest, own));
            // The last of those that were asked is the one that answered.
            digests.add(Entry.of("~(^|[ ,])\\Q" + member.authority() + "\\E\\z", digest));
        }
        String key = Servers.routeKey(route.owner());
        String answered = "$shera_by_" + key;
        String brought = "$cookie_" + balance.stickyCookie();
        all.add(Directive.mapOf(brought, variable(route), places));
        all.add(Directive.mapOf("$upstream_addr", answered, digests));
        all.add(Directive.mapOf(
                brought + ":" + answered,
                sent(route),
                List.of(
                        Entry.expression("default", balance.stickyCookie() + "=" + answered + attributes(route)),
                        Entry.of("~:\\z", ""),
                        Entry.of("~^(?<shera_had>[0-9a-f]+):\\k<shera_had>\\z", ""))));
    }

    private static String attributes(Route route) {
        boolean onlyTls = route.tls() != null && route.tls().redirect() != 0;
        return "; Path=" + route.path() + "; HttpOnly; SameSite=Lax" + (onlyTls ? "; Secure" : "");
    }

    private static String digest(Route route, Member member) {
        String who = route.owner().id() + " " + member.authority();
        return Fingerprint.of(who.getBytes(StandardCharsets.UTF_8)).substring(0, DIGEST);
    }
}
