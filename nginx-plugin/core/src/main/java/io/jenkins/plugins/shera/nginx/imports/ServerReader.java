package io.jenkins.plugins.shera.nginx.imports;

import io.jenkins.plugins.shera.nginx.imports.Draft.DraftTls;
import io.jenkins.plugins.shera.nginx.imports.Reason.Kind;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRedirect;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a server as routes that say exactly the same, or tells why that cannot be. */
final class ServerReader {
    private static final Pattern TO_TLS =
            Pattern.compile("https://(\\$host|\\$server_name|[a-z0-9.-]+)(?::([0-9]{1,5}))?\\$request_uri");
    private static final Pattern HSTS = Pattern.compile("max-age=([0-9]{1,9})(; ?includeSubDomains)?");
    private static final Set<String> INHERITED = Set.of(
            "proxy_set_header",
            "proxy_http_version",
            "proxy_connect_timeout",
            "proxy_read_timeout",
            "client_max_body_size",
            "proxy_redirect");
    private static final Set<String> SESSIONS =
            Set.of("ssl_session_cache", "ssl_session_timeout", "ssl_session_tickets", "ssl_certificate_key");
    private static final int USUAL_PORT = 80;
    private static final int USUAL_TLS_PORT = 443;
    private static final int NOT_FOUND = 404;

    private final Upstreams upstreams;
    private final List<Statement> http;

    /**
     * A server that says no more than routes do.
     *
     * @param plain port where it speaks HTTP; 0 for none
     * @param tls port where it speaks TLS; 0 for none
     * @param fallback whether it says that it answers for unknown hosts
     * @param toTls status by which it sends every request to TLS; 0 where it does not
     * @param toPort where it sends them
     * @param notFound whether it answers every request 404
     */
    record Shape(
            String host,
            int plain,
            int tls,
            boolean fallback,
            int toTls,
            int toPort,
            boolean notFound,
            List<Draft> drafts) {}

    /** With what stands in the {@code http} block for every server. */
    ServerReader(Upstreams upstreams, List<Statement> http) {
        this.upstreams = upstreams;
        this.http =
                http.stream().filter(each -> INHERITED.contains(each.name())).toList();
    }

    Shape read(Located located) throws NotExactException {
        Statement server = located.statement();
        int plain = 0;
        int tls = 0;
        boolean http2 = false;
        boolean fallback = false;
        for (Listen listen : Listen.all(server)) {
            if (!listen.every() || !listen.plain() || listen.port() == 0) {
                throw new NotExactException(Kind.OWN_ADDRESS);
            }
            if (listen.ssl() ? tls != 0 : plain != 0) {
                throw new NotExactException(Kind.SEVERAL_PORTS);
            }
            plain = listen.ssl() ? plain : listen.port();
            tls = listen.ssl() ? listen.port() : tls;
            http2 |= listen.http2();
            fallback |= listen.fallback();
        }
        String host = host(server);
        String certificate = "";
        Matcher hsts = null;
        Statement answer = null;
        List<Statement> inherited = new ArrayList<>();
        List<Statement> locations = new ArrayList<>();
        for (Statement each : server.block()) {
            String words = String.join(" ", each.arguments());
            switch (each.name()) {
                case "listen", "server_name" -> {}
                case "location" -> locations.add(each);
                case "return" -> answer = each;
                case "http2" -> http2 |= words.equals("on");
                case "ssl_certificate" -> certificate = words;
                case "ssl_protocols" ->
                    require(Set.of("TLSv1.2 TLSv1.3", "TLSv1.3 TLSv1.2").contains(words), Kind.TLS_VERSIONS);
                case "add_header" -> {
                    hsts = HSTS.matcher(
                            each.arguments().size() > 1 ? each.arguments().get(1) : "");
                    require(
                            words.startsWith("Strict-Transport-Security ")
                                    && words.endsWith(" always")
                                    && each.arguments().size() == 3
                                    && tls != 0
                                    && hsts.matches(),
                            Kind.ADDS_HEADER);
                }
                default -> {
                    if (INHERITED.contains(each.name())) {
                        inherited.add(each);
                    } else if (!SESSIONS.contains(each.name())) {
                        throw new NotExactException(Kind.SAYS, each.name());
                    }
                }
            }
        }
        if (answer != null) {
            return answering(answer, host, plain, tls, fallback, locations);
        }
        require(tls == 0 || !certificate.isEmpty(), Kind.NO_CERTIFICATE);
        DraftTls shown = tls == 0
                ? null
                : new DraftTls(
                        certificate,
                        tls,
                        0,
                        hsts == null ? 0 : Long.parseLong(hsts.group(1)),
                        hsts != null && hsts.group(2) != null,
                        http2);
        require(!http2 || tls != 0, Kind.HTTP2_PLAIN);
        return new Shape(
                host, plain, tls, fallback, 0, 0, false, drafts(located, host, plain, shown, locations, inherited));
    }

    private static String host(Statement server) throws NotExactException {
        List<String> names = server.block().stream()
                .filter(each -> each.name().equals("server_name"))
                .flatMap(each -> each.arguments().stream())
                .toList();
        require(names.size() == 1, names.isEmpty() ? Kind.NO_NAME : Kind.SEVERAL_NAMES);
        return names.get(0);
    }

    private static Shape answering(
            Statement answer, String host, int plain, int tls, boolean fallback, List<Statement> locations)
            throws NotExactException {
        List<String> words = answer.arguments();
        require(locations.isEmpty() && tls == 0, Kind.ANSWERS_ITSELF);
        if (words.equals(List.of(String.valueOf(NOT_FOUND)))) {
            return new Shape(host, plain, 0, fallback, 0, 0, true, List.of());
        }
        Matcher to = TO_TLS.matcher(words.size() == 2 ? words.get(1) : "");
        boolean same =
                to.matches() && (to.group(1).startsWith("$") || to.group(1).equals(host));
        require(same && Set.of("301", "302", "307", "308").contains(words.get(0)), Kind.ANSWERS_ELSEWHERE);
        int port = to.group(2) == null ? USUAL_TLS_PORT : Integer.parseInt(to.group(2));
        return new Shape(host, plain, 0, fallback, Integer.parseInt(words.get(0)), port, false, List.of());
    }

    private List<Draft> drafts(
            Located located, String host, int plain, DraftTls tls, List<Statement> locations, List<Statement> inherited)
            throws NotExactException {
        List<Draft> drafts = new ArrayList<>();
        List<RouteRedirect> redirects = new ArrayList<>();
        for (Statement location : locations) {
            LocationReader reader = new LocationReader(upstreams, http, inherited);
            RouteRedirect redirect = LocationReader.redirect(location);
            if (redirect != null) {
                redirects.add(redirect);
            } else {
                drafts.add(reader.read(located.file() + ":" + location.line(), location, host, plain, tls));
            }
        }
        require(!drafts.isEmpty(), Kind.NO_UPSTREAM);
        if (!redirects.isEmpty()) {
            Draft first = drafts.get(0);
            RouteRules rules = first.rules();
            drafts.set(
                    0,
                    first.with(new RouteRules(
                            rules.wholeHost(),
                            rules.request(),
                            rules.response(),
                            rules.limits(),
                            rules.access(),
                            redirects,
                            rules.aliases(),
                            rules.balance())));
        }
        Set<String> places = new HashSet<>();
        for (Draft draft : drafts) {
            try {
                (draft.port() == 0 ? draft.redirected(USUAL_PORT, 301) : draft).of(RouteOwner.of("a", "b", "c"));
            } catch (InvalidRouteException e) {
                throw new NotExactException(Reason.text(e.getMessage()));
            }
            for (String place : draft.places()) {
                require(places.add(place), Kind.SAME_PLACE, place);
            }
        }
        return drafts;
    }

    private static void require(boolean held, Kind reason, Object... of) throws NotExactException {
        if (!held) {
            throw new NotExactException(reason, of);
        }
    }
}
