package io.jenkins.plugins.shera.kubeng.objects;

import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kubeng.endpoints.Clusters;
import io.jenkins.plugins.shera.nginx.intent.WatchedObjects;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.objects.Facts;
import io.jenkins.plugins.shera.nginx.objects.RouteObject;
import io.jenkins.plugins.shera.nginx.objects.Translation;
import io.jenkins.plugins.shera.nginx.render.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** The objects that a document asks for, each with what it wants of nginx. Usable from many threads. */
public final class RouteObjects implements AutoCloseable {
    private final Clusters clusters;
    private final ObjectBook book;
    private final ObjectWatches watches;
    private final TlsSecrets secrets;
    private final Predicate<String> kept;
    private final Runnable changed;
    private volatile WatchedObjects setting;

    /**
     * An object that is looked at.
     *
     * @param identity changes with whatever of it could matter to nginx
     * @param translation null where it is refused as a whole
     * @param refused why it is, or null
     */
    public record Candidate(String identity, RouteObject object, Translation translation, String refused) {}

    /**
     * Begins with what the file holds, which need not exist.
     *
     * @param kept whether a certificate of this version is still on the node
     * @param changed called whenever an answer may have changed; must not block
     */
    public RouteObjects(Path file, Clusters clusters, Predicate<String> kept, Runnable changed) {
        this.clusters = clusters;
        this.book = new ObjectBook(file);
        this.watches = new ObjectWatches(clusters::client, book, changed);
        this.secrets = new TlsSecrets(clusters::client, book);
        this.kept = kept;
        this.changed = changed;
    }

    /** The oldest first, so that a host name stays with who had it; null asks for none. */
    public List<Candidate> candidates(WatchedObjects wanted) {
        setting = wanted;
        if (wanted == null) {
            return List.of();
        }
        book.keep();
        List<RouteObject> objects = new ArrayList<>();
        for (ObjectBook.Key key : book.keys()) {
            wanted.tenant(key.cluster(), key.namespace())
                    .flatMap(tenant ->
                            book.find(key).map(one -> new RouteObject(key.cluster(), tenant, key.kind(), one.json())))
                    .ifPresent(objects::add);
        }
        objects.sort(Comparator.comparing(RouteObject::created)
                .thenComparing(RouteObject::cluster)
                .thenComparing(RouteObject::namespace)
                .thenComparing(RouteObject::name)
                .thenComparing(RouteObject::kind));
        List<Candidate> candidates = new ArrayList<>();
        for (RouteObject object : objects) {
            candidate(object, wanted).ifPresent(candidates::add);
        }
        return candidates;
    }

    private Optional<Candidate> candidate(RouteObject object, WatchedObjects wanted) {
        String identity = object.cluster() + " " + object.kind() + " "
                + Fingerprint.of(object.json().toString().getBytes(StandardCharsets.UTF_8));
        try {
            return object.translate(wanted, new Known(object.cluster()))
                    .map(translation -> new Candidate(identity, object, translation, null));
        } catch (InvalidRouteException e) {
            return Optional.of(new Candidate(identity, object, null, e.getMessage()));
        } catch (RuntimeException e) {
            return Optional.of(new Candidate(identity, object, null, "It cannot be understood."));
        }
    }

    /** Certificate and key of a version that an object shows, as PEM. */
    public Optional<byte[]> pem(String version) {
        return secrets.pem(version);
    }

    /** Follows what was last asked for, asks by name for what is in doubt, and reads Secrets; gives whether nothing is left to do. */
    public boolean work() {
        WatchedObjects now = setting;
        watches.follow(now);
        if (now == null) {
            return true;
        }
        boolean settled = watches.confirm();
        if (secrets.read()) {
            changed.run();
        }
        try {
            watches.recognise(now);
        } catch (KubeException e) {
            settled = false;
        }
        book.keep();
        return settled;
    }

    /** Why some of what is asked for cannot be watched, a line each, beginning with the tenant. */
    public List<String> problems() {
        WatchedObjects now = setting;
        return now == null ? List.of() : watches.problems(now);
    }

    /** Lists and reads everything again beside the running watches. */
    public void relist() {
        watches.relist();
        secrets.again();
    }

    private final class Known implements Facts {
        private final String cluster;

        Known(String cluster) {
            this.cluster = cluster;
        }

        @Override
        public int port(String namespace, String service, String portName) throws InvalidRouteException {
            String name = "port " + cluster + " " + namespace + " " + service + " " + portName;
            OptionalInt now = clusters.port(cluster, namespace, service, portName);
            if (now.isPresent()) {
                book.remember(name, String.valueOf(now.getAsInt()));
            }
            String known = book.remembered(name);
            if (known.isEmpty()) {
                throw new InvalidRouteException(
                        "No port named '" + portName + "' of a Service " + service + " is known.");
            }
            return Integer.parseInt(known);
        }

        @Override
        public String certificate(String namespace, String secret) throws InvalidRouteException {
            return secrets.version(cluster, namespace, secret, kept);
        }
    }

    @Override
    public void close() {
        watches.close();
    }
}
