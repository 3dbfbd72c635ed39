package io.jenkins.plugins.shera.nginx.render;

import io.jenkins.plugins.shera.nginx.language.Directive;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.RouteTls;
import io.jenkins.plugins.shera.nginx.model.RouteTls.Http2;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The servers of the ports that speak TLS: one for each host, told apart by SNI, and one that gives nothing away. */
final class TlsServers {
    private static final int USUAL_PORT = 443;
    private static final String CIPHERS = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
            + "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
            + "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

    private TlsServers() {}

    static List<Directive> of(RouteSet routes, String folder, Function<Route, List<Directive>> locations) {
        SortedMap<Integer, SortedMap<String, List<Route>>> byPortAndHost = new TreeMap<>();
        for (Route route : routes.routes()) {
            if (route.tls() != null) {
                byPortAndHost
                        .computeIfAbsent(route.tls().port(), port -> new TreeMap<>())
                        .computeIfAbsent(route.host(), host -> new ArrayList<>())
                        .add(route);
            }
        }
        List<Directive> directives = new ArrayList<>();
        byPortAndHost.forEach((port, hosts) -> {
            Http2 http2 = hosts.values().stream()
                    .map(sharing -> sharing.get(0).tls().http2())
                    .filter(way -> way == Http2.LISTEN)
                    .findFirst()
                    .orElse(Http2.OFF);
            directives.add(unknownName(port, http2));
            hosts.forEach((host, sharing) -> {
                directives.add(server(folder, sharing, locations));
                sharing.forEach(route -> alias(folder, route).ifPresent(directives::add));
            });
        });
        return directives;
    }

    /** A handshake for a name that nobody published ends before any certificate is shown. */
    private static Directive unknownName(int port, Http2 http2) {
        List<Directive> inner = new ArrayList<>();
        inner.add(
                http2 == Http2.LISTEN
                        ? Directive.of("listen", String.valueOf(port), "ssl", "http2", "default_server")
                        : Directive.of("listen", String.valueOf(port), "ssl", "default_server"));
        inner.add(Directive.of("server_name", "_"));
        inner.add(Directive.of("ssl_reject_handshake", "on"));
        // Those of the default server count for all of the port, for OpenSSL chooses before it knows the name.
        inner.addAll(protocols());
        inner.add(Directive.of("return", "404"));
        return Directive.block("server", List.of(), inner);
    }

    private static List<Directive> protocols() {
        return List.of(
                Directive.of("ssl_protocols", "TLSv1.2", "TLSv1.3"),
                Directive.of("ssl_ciphers", CIPHERS),
                Directive.of("ssl_prefer_server_ciphers", "off"));
    }

    /** Of the names that are sent to the route's own host, which its certificate has to be good for, too. */
    private static Optional<Directive> alias(String folder, Route route) {
        if (route.rules() == null || route.rules().aliases().isEmpty()) {
            return Optional.empty();
        }
        List<Directive> inner = head(folder, route.tls(), route.rules().aliases());
        inner.add(Redirects.toHost(route));
        return Optional.of(Directive.block("server", List.of(), inner));
    }

    private static Directive server(String folder, List<Route> sharing, Function<Route, List<Directive>> locations) {
        RouteTls tls = sharing.get(0).tls();
        List<Directive> inner = head(folder, tls, List.of(sharing.get(0).host()));
        Directive hsts = hsts(tls);
        if (hsts != null) {
            inner.add(hsts);
        }
        for (Route route : sharing) {
            inner.addAll(Redirects.of(route));
            locations.apply(route).forEach(location -> inner.add(again(hsts, location)));
        }
        return Directive.block("server", List.of(), inner);
    }

    private static Directive hsts(RouteTls tls) {
        String value = "max-age=" + tls.hstsSeconds() + (tls.hstsSubdomains() ? "; includeSubDomains" : "");
        return tls.hstsSeconds() == 0 ? null : Directive.of("add_header", "Strict-Transport-Security", value, "always");
    }

    /** A location that adds a header of its own would lose those of its server. */
    private static Directive again(Directive hsts, Directive location) {
        boolean adds = location.block().stream().anyMatch(inner -> inner.name().equals("add_header"));
        if (hsts == null || !adds) {
            return location;
        }
        List<Directive> inner = new ArrayList<>(location.block());
        inner.add(hsts);
        return new Directive(location.name(), location.arguments(), inner);
    }

    private static List<Directive> head(String folder, RouteTls tls, List<String> hosts) {
        List<Directive> inner = new ArrayList<>();
        String port = String.valueOf(tls.port());
        inner.add(
                tls.http2() == Http2.LISTEN
                        ? Directive.of("listen", port, "ssl", "http2")
                        : Directive.of("listen", port, "ssl"));
        // A node has decided before; where none did, as for a fingerprint, it must not look like none.
        if (tls.http2() == Http2.DIRECTIVE || tls.http2() == Http2.ON) {
            inner.add(Directive.of("http2", "on"));
        }
        inner.add(Directive.of("server_name", hosts.toArray(String[]::new)));
        inner.add(Directive.of("ssl_certificate", folder + "/" + tls.version() + ".crt"));
        inner.add(Directive.of("ssl_certificate_key", folder + "/" + tls.version() + ".key"));
        inner.addAll(protocols());
        inner.add(Directive.of("ssl_session_cache", "shared:shera_tls:10m"));
        inner.add(Directive.of("ssl_session_timeout", "1d"));
        inner.add(Directive.of("ssl_session_tickets", "off"));
        return inner;
    }

    /** Sends clients of the plain port to the same address over TLS. */
    static List<Directive> redirects(Route route) {
        int port = route.tls().port();
        String to = "https://" + route.host() + (port == USUAL_PORT ? "" : ":" + port) + "$request_uri";
        return route.ownPlaces().stream()
                .map(place -> Directive.block(
                        "location",
                        Servers.words(place),
                        List.of(Directive.withExpression(
                                "return", List.of(String.valueOf(route.tls().redirect())), to))))
                .toList();
    }
}
