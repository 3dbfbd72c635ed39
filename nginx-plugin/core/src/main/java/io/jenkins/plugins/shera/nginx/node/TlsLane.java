package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What TLS needs of a change of the routes: an nginx that can, files that are there, and proof by a handshake. */
final class TlsLane {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /** Of more certificates than these not each is asked for: those that changed come first. */
    private static final int MOST_HANDSHAKES = 50;

    private final NginxInstallation installation;
    private final ReleaseFolder routes;
    private final KeyFiles files;

    TlsLane(NodeFolders folders, NginxInstallation installation) {
        this.installation = installation;
        this.routes = folders.routes();
        this.files = new KeyFiles(Path.of(folders.folder(), "tls"));
    }

    /**
     * The routes as the nginx of this node can serve them, once every certificate that they name is here.
     *
     * @param brought certificates that came with the change
     */
    RouteSet prepared(RouteSet wanted, Collection<CertificatePair> brought)
            throws IOException, InterruptedException, InvalidRouteException {
        Set<String> named = versions(wanted);
        if (named.isEmpty()) {
            return wanted;
        }
        RouteSet fitting = fitting(wanted);
        for (CertificatePair pair : brought) {
            if (named.contains(pair.version())) {
                files.write(pair);
            }
        }
        List<String> problems = changes(fitting);
        if (!problems.isEmpty()) {
            throw new Rollover.RefusedException(problems.get(0) + " on this node. Put the certificate of the nginx"
                    + " cluster again, which brings it, then try again.");
        }
        return fitting;
    }

    /** The routes as the nginx of this node can serve them, wherever their certificates are. */
    RouteSet fitting(RouteSet wanted) throws IOException, InterruptedException, InvalidRouteException {
        return versions(wanted).isEmpty()
                ? wanted
                : NginxProgram.of(installation).fitting(wanted);
    }

    /** Takes away what neither the generation in force nor the one before names; never fails what was done. */
    void tidy() {
        try {
            List<Release> all = routes.releases();
            Set<String> named = new HashSet<>();
            for (Release release : all.subList(Math.max(0, all.size() - 2), all.size())) {
                named.addAll(versionsOf(release));
            }
            Optional<Release> current = routes.current();
            if (current.isPresent()) {
                named.addAll(versionsOf(current.get()));
            }
            files.keepOnly(named);
        } catch (IOException | RuntimeException e) {
            // They lie where nobody else reads them; the next change tries again.
        }
    }

    private static Set<String> versionsOf(Release release) throws IOException {
        Path intent = release.folder().resolve("routes.json");
        return Files.isRegularFile(intent)
                ? versions(RouteFiles.read(Map.of("routes.json", Files.readAllBytes(intent))))
                : Set.of();
    }

    private static Set<String> versions(RouteSet routes) {
        Set<String> versions = new HashSet<>();
        routes.routes().stream()
                .filter(route -> route.tls() != null)
                .forEach(route -> versions.add(route.tls().version()));
        return versions;
    }

    /** What somebody changed of the files, one line for each host. */
    List<String> changes(RouteSet wanted) throws IOException {
        Map<String, Optional<String>> problems = new HashMap<>();
        for (String version : versions(wanted)) {
            problems.put(version, files.problem(version));
        }
        return wanted.routes().stream()
                .filter(route -> route.tls() != null)
                .filter(route -> problems.get(route.tls().version()).isPresent())
                .map(route -> "tls: the certificate of " + route.host() + " "
                        + problems.get(route.tls().version()).get())
                .distinct()
                .toList();
    }

    /** The same service, whose proof is also that the certificates are shown. */
    Rollover.Service proving(Rollover.Service service, RouteSet before, RouteSet after) {
        List<Route> asked = new ArrayList<>(distinct(after, versions(before)));
        return new Rollover.Service() {
            @Override
            public void test(Release candidate) throws IOException, InterruptedException {
                service.test(candidate);
            }

            @Override
            public void reload() throws IOException, InterruptedException {
                service.reload();
            }

            @Override
            public void prove(Release current) throws IOException, InterruptedException {
                service.prove(current);
                for (Route route : asked) {
                    shake(route);
                }
            }
        };
    }

    /** One route for each certificate, those that were not shown before first. */
    private static List<Route> distinct(RouteSet routes, Set<String> shownBefore) {
        Map<String, Route> fresh = new LinkedHashMap<>();
        Map<String, Route> known = new LinkedHashMap<>();
        for (Route route : routes.routes()) {
            if (route.tls() != null) {
                (shownBefore.contains(route.tls().version()) ? known : fresh)
                        .putIfAbsent(route.tls().version(), route);
            }
        }
        List<Route> all = new ArrayList<>(fresh.values());
        all.addAll(known.values());
        return all.subList(0, Math.min(MOST_HANDSHAKES, all.size()));
    }

    private void shake(Route route) throws IOException, InterruptedException {
        X509Certificate expected = read(files.certificate(route.tls().version()));
        long end = System.nanoTime() + LIMIT.toNanos();
        String last;
        do {
            try {
                Handshake.expect(route.tls().port(), route.host(), expected);
                return;
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        } while (System.nanoTime() < end);
        throw new Rollover.RefusedException("nginx accepted the configuration, but a TLS handshake for " + route.host()
                + " on port " + route.tls().port() + " does not show its certificate: " + last
                + ". Something else may listen there, or a server of nginx.conf has the same name; the earlier "
                + "configuration was put back.");
    }

    private static X509Certificate read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (CertificateException e) {
            throw new IOException("a certificate that was just written cannot be read", e);
        }
    }
}
