package io.jenkins.plugins.shera.nginx.imports;

import io.jenkins.plugins.shera.nginx.language.Parser;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.SyntaxException;
import io.jenkins.plugins.shera.nginx.model.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names that a node's own files serve and that routes or files of people are to serve, at the same port. */
public final class Clashes {
    private final ConfigTree tree;
    private final String ours;

    /** With what lies on the node now, but for our folder there. */
    public Clashes(ConfigTree tree, String ours) {
        this.tree = tree;
        this.ours = ours;
    }

    /** One line each, such as {@code shop.example.com:80 in /etc/nginx/conf.d/shop.conf:3}. */
    public List<String> with(Collection<Route> routes, Map<String, String> files) throws InvalidImportException {
        Set<String> wanted = new HashSet<>();
        for (Route route : routes) {
            route.hosts().forEach(host -> {
                wanted.add(host + ":" + route.port());
                if (route.tls() != null) {
                    wanted.add(host + ":" + route.tls().port());
                }
            });
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            try {
                Parser.parse(file.getKey(), file.getValue()).statements().forEach(each -> wanted.addAll(places(each)));
            } catch (SyntaxException e) {
                throw new InvalidImportException(e.getMessage() + ". Correct it, then check again.");
            }
        }
        List<String> clashes = new ArrayList<>();
        for (Located each : tree.top()) {
            if (!each.statement().name().equals("http") || each.statement().block() == null) {
                continue;
            }
            List<Located> block = each.statement().block().stream()
                    .map(inner -> new Located(each.file(), inner))
                    .toList();
            for (Located inner : tree.inner(block, ours)) {
                places(inner.statement()).stream()
                        .filter(wanted::contains)
                        .forEach(place -> clashes.add(place + " in " + inner.where()));
            }
        }
        return clashes;
    }

    private static Set<String> places(Statement server) {
        Set<String> places = new HashSet<>();
        if (server.name().equals("server") && server.block() != null) {
            List<String> names = Importer.names(server);
            for (Listen listen : Listen.all(server)) {
                (names.isEmpty() ? List.of("") : names).forEach(name -> places.add(name + ":" + listen.port()));
            }
        }
        return places;
    }
}
