package io.jenkins.plugins.shera.nginx.imports;

import io.jenkins.plugins.shera.nginx.imports.Draft.DraftTls;
import io.jenkins.plugins.shera.nginx.imports.Reason.Kind;
import io.jenkins.plugins.shera.nginx.imports.Upstreams.Upstream;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.model.HeaderRule;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.PathMatch;
import io.jenkins.plugins.shera.nginx.model.RouteLimits;
import io.jenkins.plugins.shera.nginx.model.RouteRedirect;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a location as one route, or tells why that cannot be. */
final class LocationReader {
    private static final Pattern TARGET = Pattern.compile("http://([^/$]+)");

    /** What every route tells the application, and a location has to tell it, too. */
    private static final Map<String, String> TOLD = Map.of(
            "host", "$host",
            "x-real-ip", "$remote_addr",
            "x-forwarded-for", "$proxy_add_x_forwarded_for",
            "x-forwarded-proto", "$scheme");

    private final Upstreams upstreams;
    private final List<Statement> http;
    private final List<Statement> server;

    /** With what stands around it and counts for it, too. */
    LocationReader(Upstreams upstreams, List<Statement> http, List<Statement> server) {
        this.upstreams = upstreams;
        this.http = http;
        this.server = server;
    }

    /** A location that only sends clients elsewhere; null for any other. */
    static RouteRedirect redirect(Statement location) {
        List<Statement> block = location.block() == null ? List.of() : location.block();
        if (block.size() != 1
                || !block.get(0).name().equals("return")
                || block.get(0).arguments().size() != 2) {
            return null;
        }
        List<String> place = location.arguments();
        String from = place.get(place.size() - 1);
        boolean exact = place.size() == 2 && place.get(0).equals("=") && !from.endsWith("/");
        boolean prefix = place.size() == 1 && from.endsWith("/");
        try {
            List<String> answer = block.get(0).arguments();
            return exact || prefix
                    ? new RouteRedirect(from, answer.get(1), Integer.parseInt(answer.get(0))).check()
                    : null;
        } catch (InvalidRouteException | NumberFormatException e) {
            return null;
        }
    }

    Draft read(String where, Statement location, String host, int plain, DraftTls tls) throws NotExactException {
        List<String> place = location.arguments();
        String sign = place.size() == 2 ? place.get(0) : "";
        if (location.block() == null
                || place.isEmpty()
                || place.size() > 2
                || !List.of("", "=", "^~").contains(sign)) {
            throw new NotExactException(Kind.BY_EXPRESSION, String.join(" ", place));
        }
        String to = "";
        long body = 0;
        int connect = 0;
        int read = 0;
        boolean leaves = false;
        for (Statement each : all(location.block())) {
            switch (each.name()) {
                case "proxy_pass" -> to = each.arguments().get(0);
                case "proxy_set_header" -> {}
                case "proxy_http_version" -> {
                    if (!each.arguments().equals(List.of("1.1"))) {
                        throw new NotExactException(Kind.HTTP_VERSION);
                    }
                }
                case "client_max_body_size" -> body = Sizes.bytes(each.arguments());
                case "proxy_connect_timeout" -> connect = Sizes.seconds(each.arguments());
                case "proxy_read_timeout" -> read = Sizes.seconds(each.arguments());
                case "proxy_redirect" -> {
                    leaves = each.arguments().equals(List.of("off"));
                    if (!leaves) {
                        throw new NotExactException(Kind.CHANGES_ANSWERS);
                    }
                }
                default -> throw new NotExactException(Kind.LOCATION_SAYS, place.get(place.size() - 1), each.name());
            }
        }
        Matcher target = TARGET.matcher(to);
        if (!target.matches()) {
            throw new NotExactException(Kind.NOT_PASSED, place.get(place.size() - 1));
        }
        if (!leaves && !upstreams.has(target.group(1))) {
            throw new NotExactException(Kind.NGINX_CHANGES, target.group(1));
        }
        Upstream upstream = upstreams.of(target.group(1));
        RouteRules rules = new RouteRules(
                        false,
                        headers(location),
                        List.of(),
                        new RouteLimits(body, 0, 0, 0, 0, connect, read, 0),
                        null,
                        List.of(),
                        List.of())
                .balanced(upstream.balance());
        return new Draft(
                where,
                host,
                plain,
                place.get(place.size() - 1),
                sign.equals("=") ? PathMatch.EXACT : null,
                upstream.members(),
                tls,
                rules);
    }

    /** What it says itself, and what the server says that it does not. What the http block says counts for routes, too. */
    private List<Statement> all(List<Statement> own) {
        List<Statement> all = new ArrayList<>(own);
        server.stream()
                .filter(each -> own.stream().noneMatch(one -> one.name().equals(each.name())))
                .forEach(all::add);
        return all;
    }

    private List<HeaderRule> headers(Statement location) throws NotExactException {
        List<Statement> said = List.of();
        for (List<Statement> level : List.of(location.block(), server, http)) {
            said = level.stream()
                    .filter(each -> each.name().equals("proxy_set_header")
                            && each.arguments().size() == 2)
                    .toList();
            if (!said.isEmpty()) {
                break;
            }
        }
        Map<String, String> told = new TreeMap<>(TOLD);
        List<HeaderRule> more = new ArrayList<>();
        for (Statement each : said) {
            String name = each.arguments().get(0);
            String value = each.arguments().get(1);
            String small = name.toLowerCase(Locale.ROOT);
            if (told.containsKey(small)) {
                if (!value.equals(told.remove(small))) {
                    throw new NotExactException(Kind.TOLD_OTHERWISE, name, value, TOLD.get(small));
                }
            } else if (!small.equals("connection") || !value.isEmpty()) {
                try {
                    more.add(new HeaderRule(name, value.isEmpty() ? null : value).check(true));
                } catch (InvalidRouteException e) {
                    throw new NotExactException(Reason.text(e.getMessage()));
                }
            }
        }
        if (!told.isEmpty()) {
            throw new NotExactException(
                    Kind.NOT_TOLD,
                    String.join(", ", told.keySet()),
                    told.keySet().iterator().next(),
                    told.values().iterator().next());
        }
        return more;
    }
}
