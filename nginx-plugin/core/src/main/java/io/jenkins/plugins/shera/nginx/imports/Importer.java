package io.jenkins.plugins.shera.nginx.imports;

import io.jenkins.plugins.shera.nginx.imports.ImportPlan.Candidate;
import io.jenkins.plugins.shera.nginx.imports.ImportPlan.Fate;
import io.jenkins.plugins.shera.nginx.imports.ImportPlan.Note;
import io.jenkins.plugins.shera.nginx.imports.ServerReader.Shape;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.Word;
import io.jenkins.plugins.shera.nginx.model.PathMatch;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.site.InvalidSiteException;
import io.jenkins.plugins.shera.nginx.site.SitePolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans how a configuration that people wrote is taken over; changes nothing. */
public final class Importer {
    private static final Set<String> LOGS = Set.of("access_log", "error_log");

    private final ConfigTree tree;
    private final String ours;
    private final RouteSet published;
    private final String tenant;
    private final Choices choices;

    private final List<Note> notes = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();

    /** What becomes of each statement, by the very statement. */
    private final Map<Statement, Fate> fates = new IdentityHashMap<>();

    /**
     * Of this tree.
     *
     * @param ours absolute folder of ours on the node, which is no part of it; empty for none
     * @param published what lies on the cluster already
     */
    public Importer(ConfigTree tree, String ours, RouteSet published, String tenant, Choices choices) {
        this.tree = tree;
        this.ours = ours;
        this.published = published;
        this.tenant = tenant;
        this.choices = choices;
    }

    /** Decides it, for one tenant and one cluster. */
    public ImportPlan plan() throws InvalidImportException {
        List<Located> http = new ArrayList<>();
        for (Located each : tree.top()) {
            if (each.statement().name().equals("http") && each.statement().block() != null) {
                each.statement().block().forEach(inner -> http.add(new Located(each.file(), inner)));
            } else {
                note(each, Fate.STAYS, "It stands outside of the http block.");
            }
        }
        List<Located> all = new ArrayList<>();
        List<Located> raw = tree.inner(http, ours);
        for (Located each : raw) {
            all.add(each.statement().name().equals("server") ? server(each) : each);
        }
        List<Located> servers = all.stream()
                .filter(each -> each.statement().name().equals("server")
                        && each.statement().block() != null)
                .toList();
        Ports ports = new Ports(servers.stream().map(Located::statement).toList(), published);
        List<Group> groups = groups(servers, all, ports);
        Set<Integer> routed = new HashSet<>();
        groups.stream().filter(Group::taken).forEach(group -> routed.addAll(group.ports()));
        for (Located each : all) {
            rest(each, all, ports, routed);
        }
        OwnFiles written = new OwnFiles(tree, fates, routed);
        return new ImportPlan(candidates, notes, written.files(all), written.stays(raw, all));
    }

    /** A server with everything that it includes, and without its own logs where those may go. */
    private Located server(Located server) throws InvalidImportException {
        Statement flat = flat(server);
        return new Located(
                server.file(),
                choices.dropLogs()
                        ? Texts.without(
                                flat,
                                each -> LOGS.contains(each.name())
                                        && !each.arguments().equals(List.of("off")))
                        : flat);
    }

    private Statement flat(Located located) throws InvalidImportException {
        Statement statement = located.statement();
        if (statement.block() == null) {
            return statement;
        }
        List<Located> block = statement.block().stream()
                .map(inner -> new Located(located.file(), inner))
                .toList();
        List<Statement> inner = new ArrayList<>();
        for (Located each : tree.inner(block, ours)) {
            inner.add(flat(each));
        }
        return new Statement(
                statement.words(), statement.beforeEnd(), inner, statement.foreign(), statement.beforeClose());
    }

    /** Servers that are routes together. */
    private record Group(List<Located> servers, List<Draft> drafts, boolean taken) {
        Set<Integer> ports() {
            Set<Integer> ports = new HashSet<>();
            drafts.forEach(draft -> {
                ports.add(draft.port());
                if (draft.tls() != null) {
                    ports.add(draft.tls().port());
                }
            });
            return ports;
        }
    }

    private List<Group> groups(List<Located> servers, List<Located> all, Ports ports) {
        ServerReader reader = new ServerReader(
                new Upstreams(all), all.stream().map(Located::statement).toList());
        Map<Located, Shape> shapes = new IdentityHashMap<>();
        Map<Located, String> reasons = new IdentityHashMap<>();
        for (Located server : servers) {
            try {
                shapes.put(server, reader.read(server));
            } catch (NotExactException e) {
                reasons.put(server, e.getMessage());
            }
        }
        List<Group> groups = new ArrayList<>();
        for (Located server : servers) {
            Shape shape = shapes.get(server);
            if (shape == null || shape.drafts().isEmpty()) {
                continue;
            }
            try {
                List<Located> together = new ArrayList<>(List.of(server));
                List<Draft> drafts = shape.drafts();
                if (shape.plain() == 0) {
                    Located beside = partner(shape, servers, shapes);
                    drafts = redirected(shape, shapes.get(beside));
                    together.add(beside);
                }
                requirePlace(shape.host(), server, servers);
                for (Draft draft : drafts) {
                    requireFallback(draft.port(), false, ports, shapes);
                    if (draft.tls() != null) {
                        requireFallback(draft.tls().port(), true, ports, shapes);
                    }
                }
                boolean taken =
                        drafts.stream().allMatch(draft -> choices.taken().contains(draft.key()));
                drafts.forEach(draft -> candidates.add(new Candidate(draft, taken)));
                groups.add(new Group(together, drafts, taken));
                if (taken) {
                    together.forEach(one -> fates.put(one.statement(), Fate.COVERED));
                } else {
                    together.forEach(one -> reasons.put(
                            one,
                            "it can be " + (shape.drafts().size() == 1 ? "a route" : "routes")
                                    + " once each of its locations has an application."));
                }
            } catch (NotExactException e) {
                reasons.put(server, e.getMessage());
            }
        }
        for (Group group : groups) {
            group.ports().forEach(port -> {
                Statement fallback = ports.fallback(port);
                servers.stream()
                        .filter(each -> each.statement() == fallback && group.taken())
                        .filter(each ->
                                shapes.get(each) != null && shapes.get(each).notFound())
                        .forEach(each -> {
                            fates.put(each.statement(), Fate.COVERED);
                            reasons.put(each, "routes answer unknown hosts so, too.");
                        });
            });
        }
        servers.forEach(each ->
                this.reasons.put(each.statement(), reasons.getOrDefault(each, "it answers every request itself.")));
        return groups;
    }

    private final Map<Statement, String> reasons = new IdentityHashMap<>();

    private static Located partner(Shape tls, List<Located> servers, Map<Located, Shape> shapes)
            throws NotExactException {
        return servers.stream()
                .filter(each -> shapes.get(each) != null
                        && shapes.get(each).toTls() != 0
                        && shapes.get(each).toPort() == tls.tls()
                        && shapes.get(each).host().equals(tls.host()))
                .findFirst()
                .orElseThrow(() -> new NotExactException(
                        "it speaks TLS alone; a route answers at a plain port, too, if" + " only to lead to TLS."));
    }

    private static List<Draft> redirected(Shape shape, Shape plain) throws NotExactException {
        boolean whole = shape.drafts().stream().anyMatch(draft -> draft.path().equals("/") && draft.match() == null);
        boolean bare = shape.drafts().stream()
                .allMatch(draft -> draft.rules().redirects().isEmpty() && draft.match() != PathMatch.EXACT);
        if (!whole || !bare) {
            throw new NotExactException("its plain port leads every path to TLS, and routes lead only their own.");
        }
        return shape.drafts().stream()
                .map(draft -> draft.redirected(plain.plain(), plain.toTls()))
                .toList();
    }

    private static void requirePlace(String host, Located server, List<Located> servers) throws NotExactException {
        for (Located other : servers) {
            if (other != server && names(other.statement()).contains(host) && sharePort(other, server)) {
                throw new NotExactException("another server of its port has the same name: " + other.where() + ".");
            }
        }
    }

    private static boolean sharePort(Located one, Located other) {
        Set<Integer> ports = new HashSet<>();
        Listen.all(one.statement()).forEach(listen -> ports.add(listen.port()));
        return Listen.all(other.statement()).stream().anyMatch(listen -> ports.contains(listen.port()));
    }

    static List<String> names(Statement server) {
        return server.block().stream()
                .filter(each -> each.name().equals("server_name"))
                .flatMap(each -> each.arguments().stream())
                .toList();
    }

    private void requireFallback(int port, boolean tls, Ports ports, Map<Located, Shape> shapes)
            throws NotExactException {
        Statement fallback = ports.fallback(port);
        if (fallback == null || ports.isOfRoutes(port)) {
            return;
        }
        Located who = shapes.keySet().stream()
                .filter(each -> each.statement() == fallback)
                .findFirst()
                .orElse(null);
        if (!tls && who != null && shapes.get(who).notFound()) {
            return;
        }
        if (!choices.unknownHosts()) {
            throw new NotExactException("requests for unknown hosts at port " + port + " go to "
                    + (names(fallback).isEmpty()
                            ? "a server without name"
                            : names(fallback).get(0))
                    + " today, and routes answer them 404. Allow that, and it can be a route.");
        }
        boolean explicit = Listen.all(fallback).stream().anyMatch(listen -> listen.fallback() && listen.port() == port);
        if (explicit
                && (who == null || shapes.get(who).drafts().isEmpty())
                && forbidden(new Located("", fallback)).isPresent()) {
            throw new NotExactException("the default server of port " + port + " stays on the node, and so no route can"
                    + " be served there.");
        }
    }

    /** Why it cannot be in a file of people. */
    private static Optional<String> forbidden(Located located) {
        if (Texts.tellsSecrets(located.statement())) {
            return Optional.of("Something in it may be a secret, which stays on the node.");
        }
        try {
            SitePolicy.check(Map.of("x.conf", located.text()));
            return Optional.empty();
        } catch (InvalidSiteException e) {
            String reason = e.getMessage().replaceFirst("^x\\.conf:[0-9]+: ", "");
            return Optional.of(Character.toUpperCase(reason.charAt(0)) + reason.substring(1));
        }
    }

    private void rest(Located each, List<Located> all, Ports ports, Set<Integer> routed) {
        Statement statement = each.statement();
        String reason = reasons.getOrDefault(statement, "");
        if (fates.get(statement) == Fate.COVERED) {
            note(
                    each,
                    Fate.COVERED,
                    reason.isEmpty() || !reason.startsWith("routes")
                            ? "It is a route."
                            : "Routes" + reason.substring(6));
            return;
        }
        String name = statement.name();
        boolean server = name.equals("server") && statement.block() != null;
        boolean upstream = name.equals("upstream");
        if (upstream && isOnlyOfRoutes(statement, all)) {
            note(each, Fate.COVERED, "Only routes lead to it, and they name its servers themselves.");
            return;
        }
        if (each.file().equals(tree.main()) && !server && !upstream) {
            note(each, Fate.STAYS, "It holds for the whole http block, and goes on to do so where it is.");
            return;
        }
        String why = server
                ? "It is no route: " + reason
                : upstream ? "Servers that are no routes lead to it." : "It is no server.";
        Optional<String> refused = server ? taken(statement, ports) : Optional.empty();
        if (refused.isEmpty()) {
            refused = forbidden(each);
        }
        note(
                each,
                refused.isPresent() ? Fate.STAYS : Fate.OWN_FILE,
                server && refused.isPresent() ? why + " " + refused.get() : refused.orElse(why));
    }

    /** Names and default servers that are in other hands. */
    private Optional<String> taken(Statement server, Ports ports) {
        for (Route route : published.routes()) {
            for (String host : names(server)) {
                if (route.hosts().contains(host)) {
                    return Optional.of(
                            route.owner().tenant().equals(tenant)
                                    ? "The host " + host + " is published already for application '"
                                            + route.owner().application() + "'."
                                    : "The host " + host + " belongs to another tenant of this nginx cluster.");
                }
            }
        }
        Set<Integer> mine = new HashSet<>();
        Listen.all(server).stream().map(Listen::port).filter(ports::isOfRoutes).forEach(mine::add);
        return Ports.claims(server, mine)
                ? Optional.of("It claims the default server of a port at which routes are published.")
                : Optional.empty();
    }

    private boolean isOnlyOfRoutes(Statement upstream, List<Located> all) {
        String name = upstream.arguments().isEmpty() ? "" : upstream.arguments().get(0);
        boolean routes = false;
        for (Located each : all) {
            if (each.statement() != upstream && mentions(each.statement(), name)) {
                if (fates.get(each.statement()) != Fate.COVERED) {
                    return false;
                }
                routes = true;
            }
        }
        return routes;
    }

    private static boolean mentions(Statement statement, String name) {
        return statement.words().stream().map(Word::text).anyMatch(word -> word.contains(name))
                || statement.block() != null && statement.block().stream().anyMatch(inner -> mentions(inner, name));
    }

    private void note(Located each, Fate fate, String reason) {
        fates.put(each.statement(), fate);
        notes.add(new Note(each.where(), each.head(), fate, reason));
    }
}
