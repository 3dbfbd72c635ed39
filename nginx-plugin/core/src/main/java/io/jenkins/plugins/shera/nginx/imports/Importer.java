package io.jenkins.plugins.shera.nginx.imports;

import io.jenkins.plugins.shera.nginx.imports.ImportPlan.Candidate;
import io.jenkins.plugins.shera.nginx.imports.ImportPlan.Fate;
import io.jenkins.plugins.shera.nginx.imports.ImportPlan.Note;
import io.jenkins.plugins.shera.nginx.imports.Reason.Kind;
import io.jenkins.plugins.shera.nginx.imports.ServerReader.Shape;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.Word;
import io.jenkins.plugins.shera.nginx.model.PathMatch;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.site.InvalidSiteException;
import io.jenkins.plugins.shera.nginx.site.SiteAllowance;
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
    private final SiteAllowance allowed;

    private final List<Note> notes = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();

    /** What becomes of each statement, by the very statement. */
    private final Map<Statement, Fate> fates = new IdentityHashMap<>();

    /**
     * Of this tree.
     *
     * @param ours absolute folder of ours on the node, which is no part of it; empty for none
     * @param published what lies on the cluster already
     * @param allowed what the tenant's own files may have
     */
    public Importer(
            ConfigTree tree, String ours, RouteSet published, String tenant, Choices choices, SiteAllowance allowed) {
        this.tree = tree;
        this.ours = ours;
        this.published = published;
        this.tenant = tenant;
        this.choices = choices;
        this.allowed = allowed;
    }

    /** Decides it, for one tenant and one cluster. */
    public ImportPlan plan() throws InvalidImportException {
        List<Located> http = new ArrayList<>();
        for (Located each : tree.top()) {
            if (each.statement().name().equals("http") && each.statement().block() != null) {
                each.statement().block().forEach(inner -> http.add(new Located(each.file(), inner)));
            } else {
                note(each, Fate.STAYS, Reason.of(Kind.OUTSIDE_HTTP));
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
        Map<Located, Reason> reasons = new IdentityHashMap<>();
        for (Located server : servers) {
            try {
                shapes.put(server, reader.read(server));
            } catch (NotExactException e) {
                reasons.put(server, e.reason());
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
                            one, Reason.of(shape.drafts().size() == 1 ? Kind.CAN_BE_ROUTE : Kind.CAN_BE_ROUTES)));
                }
            } catch (NotExactException e) {
                reasons.put(server, e.reason());
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
                            reasons.put(each, Reason.of(Kind.UNKNOWN_TOO));
                        });
            });
        }
        servers.forEach(
                each -> this.reasons.put(each.statement(), reasons.getOrDefault(each, Reason.of(Kind.ANSWERS_ITSELF))));
        return groups;
    }

    private final Map<Statement, Reason> reasons = new IdentityHashMap<>();

    private static Located partner(Shape tls, List<Located> servers, Map<Located, Shape> shapes)
            throws NotExactException {
        return servers.stream()
                .filter(each -> shapes.get(each) != null
                        && shapes.get(each).toTls() != 0
                        && shapes.get(each).toPort() == tls.tls()
                        && shapes.get(each).host().equals(tls.host()))
                .findFirst()
                .orElseThrow(() -> new NotExactException(Kind.TLS_ALONE));
    }

    private static List<Draft> redirected(Shape shape, Shape plain) throws NotExactException {
        boolean whole = shape.drafts().stream().anyMatch(draft -> draft.path().equals("/") && draft.match() == null);
        boolean bare = shape.drafts().stream()
                .allMatch(draft -> draft.rules().redirects().isEmpty() && draft.match() != PathMatch.EXACT);
        if (!whole || !bare) {
            throw new NotExactException(Kind.LEADS_ALL);
        }
        return shape.drafts().stream()
                .map(draft -> draft.redirected(plain.plain(), plain.toTls()))
                .toList();
    }

    private static void requirePlace(String host, Located server, List<Located> servers) throws NotExactException {
        for (Located other : servers) {
            if (other != server && names(other.statement()).contains(host) && sharePort(other, server)) {
                throw new NotExactException(Kind.SAME_NAME, other.where());
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
            throw names(fallback).isEmpty()
                    ? new NotExactException(Kind.UNKNOWN_HOSTS_NAMELESS, String.valueOf(port))
                    : new NotExactException(
                            Kind.UNKNOWN_HOSTS,
                            String.valueOf(port),
                            names(fallback).get(0));
        }
        boolean explicit = Listen.all(fallback).stream().anyMatch(listen -> listen.fallback() && listen.port() == port);
        if (explicit
                && (who == null || shapes.get(who).drafts().isEmpty())
                && forbidden(new Located("", fallback)).isPresent()) {
            throw new NotExactException(Kind.DEFAULT_STAYS, String.valueOf(port));
        }
    }

    /** Why it cannot be in a file of people. */
    private Optional<Reason> forbidden(Located located) {
        if (Texts.tellsSecrets(located.statement())) {
            return Optional.of(Reason.of(Kind.SECRET));
        }
        try {
            SitePolicy.check(Map.of("x.conf", located.text()), allowed);
            return Optional.empty();
        } catch (InvalidSiteException e) {
            return Optional.of(refused(e));
        }
    }

    private static Reason refused(InvalidSiteException refusal) {
        return switch (refusal.kind()) {
            case DIRECTIVE -> Reason.of(Kind.DIRECTIVE, refusal.subject());
            case NOT_LISTED -> Reason.of(Kind.NOT_LISTED, refusal.subject());
            case LOG -> Reason.of(Kind.LOG);
            case SOCKET -> Reason.of(Kind.SOCKET);
            case TAKEN_NAME -> Reason.of(Kind.TAKEN_NAME);
            case NODE_FILE -> Reason.of(Kind.NODE_FILE);
            case OTHER -> Reason.text(refusal.getMessage().replaceFirst("^x\\.conf:[0-9]+: ", ""));
        };
    }

    private void rest(Located each, List<Located> all, Ports ports, Set<Integer> routed) {
        Statement statement = each.statement();
        Reason reason = reasons.get(statement);
        if (fates.get(statement) == Fate.COVERED) {
            note(
                    each,
                    Fate.COVERED,
                    reason != null && reason.kind() == Kind.UNKNOWN_TOO ? reason : Reason.of(Kind.IS_ROUTE));
            return;
        }
        String name = statement.name();
        boolean server = name.equals("server") && statement.block() != null;
        boolean upstream = name.equals("upstream");
        if (upstream && isOnlyOfRoutes(statement, all)) {
            note(each, Fate.COVERED, Reason.of(Kind.ONLY_ROUTES_LEAD));
            return;
        }
        if (each.file().equals(tree.main()) && !server && !upstream) {
            note(each, Fate.STAYS, Reason.of(Kind.WHOLE_HTTP));
            return;
        }
        Reason why =
                server ? Reason.of(Kind.NO_ROUTE, reason) : Reason.of(upstream ? Kind.OTHERS_LEAD : Kind.NO_SERVER);
        Optional<Reason> refused = server ? taken(statement, ports) : Optional.empty();
        if (refused.isEmpty()) {
            refused = forbidden(each);
        }
        note(
                each,
                refused.isPresent() ? Fate.STAYS : Fate.OWN_FILE,
                server && refused.isPresent() ? Reason.of(Kind.BOTH, why, refused.get()) : refused.orElse(why));
    }

    /** Names and default servers that are in other hands. */
    private Optional<Reason> taken(Statement server, Ports ports) {
        for (Route route : published.routes()) {
            for (String host : names(server)) {
                if (route.hosts().contains(host)) {
                    return Optional.of(
                            route.owner().tenant().equals(tenant)
                                    ? Reason.of(
                                            Kind.PUBLISHED, host, route.owner().application())
                                    : Reason.of(Kind.OTHER_TENANT, host));
                }
            }
        }
        Set<Integer> mine = new HashSet<>();
        Listen.all(server).stream().map(Listen::port).filter(ports::isOfRoutes).forEach(mine::add);
        return Ports.claims(server, mine) ? Optional.of(Reason.of(Kind.CLAIMS_DEFAULT)) : Optional.empty();
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

    private void note(Located each, Fate fate, Reason reason) {
        fates.put(each.statement(), fate);
        notes.add(new Note(each.where(), each.head(), fate, reason));
    }
}
