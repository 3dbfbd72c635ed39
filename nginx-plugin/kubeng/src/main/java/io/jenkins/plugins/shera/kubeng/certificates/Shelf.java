package io.jenkins.plugins.shera.kubeng.certificates;

import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.tls.InvalidCertificateException;
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
 * The certificates of this node by version, encrypted in a folder, so that nginx gets them again while Jenkins is away. What a
 * signed document does not name by its digest never comes in.
 */
public final class Shelf {
    private final Path folder;
    private final Source source;
    private final Map<String, CertificatePair> known = new HashMap<>();

    /** Where a certificate is found that is not here. */
    public interface Source {
        /**
         * Certificate and key as PEM.
         *
         * @throws IOException saying why there is none now
         */
        byte[] fetch(String version) throws IOException, InterruptedException;
    }

    /** The folder is made when it is needed. */
    public Shelf(Path folder, Source source) {
        this.folder = folder;
        this.source = source;
    }

    /**
     * All that these routes show.
     *
     * @throws IOException if one is not here and cannot be got
     */
    public List<CertificatePair> of(RouteSet routes) throws IOException, InterruptedException {
        Map<String, CertificatePair> all = new HashMap<>();
        for (String version : versions(routes)) {
            all.put(version, get(version));
        }
        return List.copyOf(all.values());
    }

    private static Set<String> versions(RouteSet routes) {
        Set<String> versions = new TreeSet<>();
        for (Route route : routes.routes()) {
            if (route.tls() != null) {
                versions.add(route.tls().version());
            }
        }
        return versions;
    }

    /** Whether a certificate of this version is here. */
    public boolean holds(String version) {
        try {
            return known.containsKey(version) || Files.isRegularFile(folder.resolve(version)) && kept(version) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private CertificatePair get(String version) throws IOException, InterruptedException {
        CertificatePair found = known.get(version);
        if (found == null && Files.isRegularFile(folder.resolve(version))) {
            found = kept(version);
        }
        if (found == null) {
            byte[] pem = source.fetch(version);
            found = read(version, pem);
            try {
                new Sealed(folder).write(version, pem);
            } catch (GeneralSecurityException e) {
                throw new IOException("The certificate cannot be kept encrypted: " + e.getMessage(), e);
            }
        }
        known.put(version, found);
        return found;
    }

    /** Null for a file that cannot be read any more: it is got anew. */
    private CertificatePair kept(String version) throws IOException {
        try {
            return read(version, new Sealed(folder).read(version));
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static CertificatePair read(String version, byte[] pem) throws IOException {
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

    /** Forgets what these routes do not show, once they are in force. */
    public void keepOnly(RouteSet routes) throws IOException {
        Set<String> shown = versions(routes);
        known.keySet().retainAll(shown);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.matches("[0-9a-f]{64}") && !shown.contains(name)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
