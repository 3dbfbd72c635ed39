package io.jenkins.plugins.shera.kubeng.certificates;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.tls.InvalidCertificateException;
import io.jenkins.plugins.shera.nginx.users.PasswordFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Secrets of one kind by version, encrypted in a folder of this node, so that nginx gets them again while Jenkins is away. What a
 * signed document does not name by its digest never comes in.
 */
public final class Shelf<T> {
    private final Path folder;
    private final Source source;
    private final Goods<T> goods;
    private final Map<String, T> known = new HashMap<>();

    /** What lies on a shelf. */
    interface Goods<T> {
        /** The version that a route names, or null. */
        String named(Route route);

        /**
         * Reads one, and refuses another than this version.
         *
         * @throws IOException saying why it cannot be used
         */
        T read(String version, byte[] bytes) throws IOException;
    }

    /** Where one is found that is not here. */
    public interface Source {
        /**
         * As Jenkins gives it.
         *
         * @throws IOException saying why there is none now
         */
        byte[] fetch(String version) throws IOException, InterruptedException;
    }

    private Shelf(Path folder, Source source, Goods<T> goods) {
        this.folder = folder;
        this.source = source;
        this.goods = goods;
    }

    /** Of certificates with their keys; the folder is made when it is needed. */
    public static Shelf<CertificatePair> ofCertificates(Path folder, Source source) {
        return new Shelf<>(folder, source, new Certificates());
    }

    /** Of password files; the folder is made when it is needed. */
    public static Shelf<PasswordFile> ofPeople(Path folder, Source source) {
        return new Shelf<>(folder, source, new People());
    }

    /**
     * All that these routes name.
     *
     * @throws IOException if one is not here and cannot be got
     */
    public List<T> of(RouteSet routes) throws IOException, InterruptedException {
        Map<String, T> all = new HashMap<>();
        for (String version : versions(routes)) {
            all.put(version, get(version));
        }
        return List.copyOf(all.values());
    }

    private Set<String> versions(RouteSet routes) {
        Set<String> versions = new TreeSet<>();
        for (Route route : routes.routes()) {
            String named = goods.named(route);
            if (named != null) {
                versions.add(named);
            }
        }
        return versions;
    }

    /** Whether one of this version is here. */
    public boolean holds(String version) {
        try {
            return known.containsKey(version) || Files.isRegularFile(folder.resolve(version)) && kept(version) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private T get(String version) throws IOException, InterruptedException {
        T found = known.get(version);
        if (found == null && Files.isRegularFile(folder.resolve(version))) {
            found = kept(version);
        }
        if (found == null) {
            byte[] given = source.fetch(version);
            found = goods.read(version, given);
            try {
                new Sealed(folder).write(version, given);
            } catch (GeneralSecurityException e) {
                throw new IOException(version + " cannot be kept encrypted: " + e.getMessage(), e);
            }
        }
        known.put(version, found);
        return found;
    }

    /** Null for a file that cannot be read any more: it is got anew. */
    private T kept(String version) throws IOException {
        try {
            return goods.read(version, new Sealed(folder).read(version));
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    /** Forgets what these routes do not name, once they are in force. */
    public void keepOnly(RouteSet routes) throws IOException {
        Set<String> named = versions(routes);
        known.keySet().retainAll(named);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.matches("[0-9a-f]{64}") && !named.contains(name)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static final class Certificates implements Goods<CertificatePair> {
        @Override
        public String named(Route route) {
            return route.tls() == null ? null : route.tls().version();
        }

        @Override
        public CertificatePair read(String version, byte[] pem) throws IOException {
            try {
                String text = new String(pem, StandardCharsets.US_ASCII);
                CertificatePair pair = CertificatePair.whenever(text, text);
                if (!pair.version().equals(version)) {
                    throw new IOException("Jenkins gave another certificate than the one that the document names.");
                }
                return pair;
            } catch (InvalidCertificateException e) {
                throw new IOException("Jenkins gave a certificate that cannot be used: " + e.getMessage(), e);
            }
        }
    }

    private static final class People implements Goods<PasswordFile> {
        @Override
        public String named(Route route) {
            return route.rules() == null ? null : route.rules().users();
        }

        @Override
        public PasswordFile read(String version, byte[] text) throws IOException {
            try {
                PasswordFile people = PasswordFile.of(new String(text, StandardCharsets.US_ASCII));
                if (!people.version().equals(version)) {
                    throw new IOException("Jenkins gave another password file than the one that the document names.");
                }
                return people;
            } catch (InvalidRouteException e) {
                throw new IOException("Jenkins gave a password file that cannot be used: " + e.getMessage(), e);
            }
        }
    }
}
