package io.jenkins.plugins.shera.kubeng.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kubeng.Main;
import io.jenkins.plugins.shera.kubeng.Settings;
import io.jenkins.plugins.shera.kubeng.certificates.Shelf;
import io.jenkins.plugins.shera.kubeng.endpoints.Clusters;
import io.jenkins.plugins.shera.kubeng.endpoints.EndpointBook;
import io.jenkins.plugins.shera.kubeng.figures.FigureDoor;
import io.jenkins.plugins.shera.kubeng.intended.IntentStore;
import io.jenkins.plugins.shera.kubeng.intended.SafeFile;
import io.jenkins.plugins.shera.kubeng.jenkins.JenkinsDoor;
import io.jenkins.plugins.shera.kubeng.objects.ObjectState;
import io.jenkins.plugins.shera.kubeng.objects.RouteObjects;
import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import io.jenkins.plugins.shera.nginx.node.LivePeers;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.reach.NamedMembers;
import io.jenkins.plugins.shera.nginx.render.Fingerprint;
import io.jenkins.plugins.shera.nginx.render.WeightFiles;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.users.PasswordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** All of KubeNg on one node: takes documents in, watches addresses, and drives the routes, the weights and the streams of nginx apart. */
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Daemon.class.getName());
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Settings settings;
    private final NginxNode node;
    private final Clusters clusters;
    private final Map<Intent.Kind, Half> halves = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kubeng-clock");
        thread.setDaemon(true);
        return thread;
    });

    private final Shelf<CertificatePair> shelf;
    private final RouteObjects objects;
    private final Lane objectLane;
    private final RouteHalf routes;
    private final JenkinsFollower follower;
    private final FigureDoor figures;
    private final Reachability reach;

    /** The routes, the weights, or the streams. */
    private record Half(IntentStore store, IntentLane work, Lane lane) {}

    private Daemon(Settings settings) {
        this.settings = settings;
        this.node = new NginxNode(settings.nginx());
        this.clusters = new Clusters(settings.kubernetes(), this::askAll);
        JenkinsDoor door = settings.jenkins() == null ? null : new JenkinsDoor(settings.jenkins(), settings.cluster());
        this.shelf = Shelf.ofCertificates(settings.state().resolve("certificates"), version -> {
            Optional<byte[]> found = ofSecret(version);
            if (found.isPresent()) {
                return found.get();
            }
            if (door == null) {
                throw new IOException("The certificate " + version + " is not on this node, and only Jenkins gives"
                        + " certificates: set 'jenkins' and 'node' in the settings of KubeNg.");
            }
            return door.certificate(version);
        });
        Shelf<PasswordFile> people = Shelf.ofPeople(settings.state().resolve("users"), version -> {
            if (door == null) {
                throw new IOException("The password file " + version + " is not on this node, and only Jenkins gives"
                        + " password files: set 'jenkins' and 'node' in the settings of KubeNg.");
            }
            return door.users(version);
        });
        this.objects =
                new RouteObjects(settings.state().resolve("objects.json"), clusters, shelf::holds, this::askObjects);
        this.objectLane = new Lane("objects", settings.interval(), objects::work);
        this.routes = new RouteHalf(
                node,
                shelf,
                people,
                objects,
                this::askAll,
                new LiveWay(settings.nginx(), settings.lua()),
                new LivePeers(settings.nginx()));
        half(Intent.Kind.ROUTES, routes);
        Weights weights = new Weights();
        StreamHalf streams = new StreamHalf(settings.nginx());
        half(Intent.Kind.WEIGHTS, weights);
        half(Intent.Kind.STREAMS, streams);
        this.reach = new Reachability(() -> new NamedMembers(routes.inForce(), weights.inForce, streams.inForce()));
        this.follower = door == null ? null : new JenkinsFollower(door, new Node());
        this.figures = settings.figures() == null
                ? null
                : new FigureDoor(settings.figures(), new ToldFigures(this::store, this::state, this::objects));
    }

    /**
     * Begins with what lies on the node's disk, whether anybody else is there or not.
     *
     * @throws IOException if its folders cannot be made
     */
    public static Daemon start(Settings settings) throws IOException {
        Files.createDirectories(settings.state());
        Files.createDirectories(settings.intent());
        Files.createDirectories(settings.nginx().folder());
        Daemon daemon = new Daemon(settings);
        daemon.halves.values().forEach(half -> half.lane().start());
        daemon.objectLane.start();
        daemon.every(LOOK, new Inbox(settings.intent(), daemon::offer)::look);
        daemon.every(TICK, daemon::askAll);
        daemon.every(settings.relist(), daemon.clusters::relist);
        daemon.every(settings.relist(), daemon.objects::relist);
        daemon.reach.start();
        if (daemon.figures != null) {
            daemon.every(TICK, daemon.figures::look);
        }
        if (daemon.follower != null) {
            daemon.follower.start();
        }
        return daemon;
    }

    /** What the routes, the weights or the streams are at. */
    public NodeState state(Intent.Kind kind) {
        return halves.get(kind).work().state();
    }

    /** How changes of addresses reach nginx on this node; null while that is not known. */
    NodeReport.Following following() {
        return routes.following();
    }

    /** What became of each Ingress and HTTPRoute that is looked at. */
    public List<ObjectState> objects() {
        return routes.states();
    }

    private IntentStore store(Intent.Kind kind) {
        return halves.get(kind).store();
    }

    private void half(Intent.Kind kind, IntentLane.Nginx nginx) {
        IntentStore store = new IntentStore(settings.state(), kind, settings.cluster(), settings.keys());
        EndpointBook book = new EndpointBook(settings.state().resolve(kind.word() + "-endpoints.json"), clusters);
        IntentLane work = new IntentLane(settings.state().resolve(kind.word() + "-state.json"), store, book, nginx);
        halves.put(kind, new Half(store, work, new Lane(kind.word(), settings.interval(), work)));
    }

    private void every(Duration interval, Runnable work) {
        clock.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        LOG.log(Level.WARNING, "Trying again in " + interval.toSeconds() + " s", e);
                    }
                },
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void askAll() {
        halves.values().forEach(half -> half.lane().ask());
        objectLane.ask();
    }

    private void askObjects() {
        halves.get(Intent.Kind.ROUTES).lane().ask();
        objectLane.ask();
    }

    private Optional<byte[]> ofSecret(String version) {
        return objects.pem(version);
    }

    private void offer(Intent.Kind kind, byte[] document) throws IOException {
        if (halves.get(kind).store().offer(document)) {
            halves.get(kind).lane().ask();
        }
    }

    @Override
    public void close() {
        if (follower != null) {
            follower.close();
        }
        clock.shutdownNow();
        reach.close();
        if (figures != null) {
            figures.close();
        }
        halves.values().forEach(half -> half.lane().close());
        objectLane.close();
        objects.close();
        clusters.close();
    }

    /** What Jenkins gives goes through the same judgement as what lies in the folder, and is put there once it is trusted. */
    private final class Node implements JenkinsFollower.Node {
        @Override
        public String tag(Intent.Kind kind) {
            return halves.get(kind).store().tag();
        }

        @Override
        public Optional<byte[]> signed(Intent.Kind kind) throws IOException {
            return halves.get(kind).store().signed();
        }

        @Override
        public void take(Intent.Kind kind, byte[] document) throws IOException {
            offer(kind, document);
            SafeFile.write(Inbox.file(settings.intent(), kind), document);
        }

        @Override
        public void heard(Intent.Kind kind) throws IOException {
            Path document = Inbox.file(settings.intent(), kind);
            if (Files.exists(document)) {
                Files.setLastModifiedTime(document, FileTime.from(Instant.now()));
            } else {
                Optional<byte[]> held = signed(kind);
                if (held.isPresent()) {
                    SafeFile.write(document, held.get());
                }
            }
        }

        @Override
        public NodeReport report() {
            return new NodeReport(
                    Main.version(),
                    state(Intent.Kind.ROUTES),
                    state(Intent.Kind.WEIGHTS),
                    state(Intent.Kind.STREAMS),
                    leases(),
                    objects(),
                    objects.problems(),
                    reach.unreached(),
                    routes.following());
        }

        @Override
        public Optional<ObjectNode> figures() {
            return figures == null || !figures.isLogging() ? Optional.empty() : Optional.of(figures.lately());
        }
    }

    private List<NodeReport.Lease> leases() {
        try {
            List<IntendedWeight> weights = halves.get(Intent.Kind.WEIGHTS)
                    .store()
                    .inForce()
                    .map(Intent::weights)
                    .orElse(List.of());
            long silence = silence().toSeconds();
            return weights.stream()
                    .filter(weight -> weight.leaseSeconds() > 0 && weight.owner() != null)
                    .map(weight -> new NodeReport.Lease(
                            weight.owner().id(), weight.leaseSeconds(), silence >= weight.leaseSeconds()))
                    .toList();
        } catch (IOException e) {
            // The lane tells that its document cannot be read; there is no lease to tell of then.
            return List.of();
        }
    }

    /** For how long nothing was heard of Jenkins. */
    private Duration silence() throws IOException {
        Path document = Inbox.file(settings.intent(), Intent.Kind.WEIGHTS);
        Instant heard =
                Files.exists(document) ? Files.getLastModifiedTime(document).toInstant() : Instant.EPOCH;
        return Duration.between(heard, Instant.now()).abs();
    }

    private final class Weights implements IntentLane.Nginx {
        private volatile boolean everWeighed;
        private volatile WeightSet inForce = WeightSet.of(List.of());

        @Override
        public void served(Assembly assembly) {
            inForce = assembly.weights();
        }

        @Override
        public Assembly assemble(Intent intent, EndpointBook book) throws IOException {
            Duration silence = silence();
            return Assembly.weights(intent, book, routes.weights(), seconds -> silence.toSeconds() >= seconds);
        }

        @Override
        public String fingerprint(Assembly assembly) {
            return Fingerprint.of(WeightFiles.render(assembly.weights()).get(WeightFiles.PROOF));
        }

        @Override
        public Assembly apply(Assembly assembly) throws IOException, InterruptedException {
            node.replace(assembly.weights());
            everWeighed = true;
            return assembly;
        }

        /** Headers of HTTPRoute objects, also where no canary ever was. */
        @Override
        public Optional<Intent> withoutDocument() {
            return everWeighed || !routes.weights().isEmpty()
                    ? Optional.of(Intent.none(Intent.Kind.WEIGHTS, settings.cluster()))
                    : Optional.empty();
        }
    }
}
