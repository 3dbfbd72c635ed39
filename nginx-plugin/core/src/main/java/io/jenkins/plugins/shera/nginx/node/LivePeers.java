package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.render.LiveUpstreams;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * Members that change in the running nginx, where it has Lua: a file with a generation, which the workers are told to read. They take nothing from who
 * tells them, so the place may stand open to this machine; and an nginx that begins anew begins with the file. Used on the node itself.
 */
public final class LivePeers {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /** For a push that is at work: new addresses are worth waiting for. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String HEAD = "shera-peers ";
    private static final String END = "end\n";

    private final NginxInstallation nginx;
    private final ReleaseFolder routes;
    private final Path file;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** Only keeps what it is given. */
    public LivePeers(NginxInstallation nginx) {
        this.nginx = nginx;
        this.routes = new ReleaseFolder(nginx.folder());
        this.file = Path.of(
                LiveUpstreams.file(nginx.folder().toAbsolutePath().normalize().toString()));
    }

    /** Of this generation of the file, 0 where there is none; what is not whole has no members, and is written over. */
    private record Held(long generation, SortedMap<String, String> members, boolean whole) {
        String body() {
            StringBuilder body = new StringBuilder();
            members.forEach(
                    (key, list) -> body.append(key).append(' ').append(list).append('\n'));
            return body.toString();
        }

        /** What the workers tell once they have it. */
        String proof() {
            CRC32 sum = new CRC32();
            sum.update(body().getBytes(StandardCharsets.UTF_8));
            return generation + " " + sum.getValue();
        }
    }

    /** The same routes with the members that they have now. */
    RouteSet withMembers(RouteSet routes) throws IOException {
        if (!LiveUpstreams.areIn(routes)) {
            return routes;
        }
        SortedMap<String, String> now = read().members();
        List<Route> all = new ArrayList<>();
        for (Route route : routes.routes()) {
            String list = route.isLive() ? now.get(LiveUpstreams.key(route)) : null;
            try {
                all.add(list == null ? route : route.leadingTo(members(list)));
            } catch (InvalidRouteException | RuntimeException e) {
                // A hand was there: those that it was published with, until it is put anew.
                all.add(route);
            }
        }
        return RouteSet.of(all);
    }

    private static List<Member> members(String list) throws InvalidRouteException {
        List<Member> members = new ArrayList<>();
        for (String one : list.split(" ")) {
            int weight = one.lastIndexOf('=');
            int port = one.lastIndexOf(':');
            members.add(Member.of(
                    one.substring(0, port).replace("[", "").replace("]", ""),
                    Integer.parseInt(one.substring(port + 1, weight)),
                    Integer.parseInt(one.substring(weight + 1))));
        }
        return members;
    }

    /**
     * Gives the live routes in force the members that they have here, proved, without a reload.
     *
     * @throws Rollover.RefusedException if other routes are live than those in force, or the workers do not take the members
     */
    public void follow(RouteSet wanted) throws IOException, InterruptedException {
        try (ReleaseFolder.Lock held = routes.lock(PATIENCE)) {
            SortedMap<String, String> members = LiveUpstreams.members(wanted);
            if (!LiveUpstreams.members(RouteFiles.read(routes.currentFiles()))
                    .keySet()
                    .equals(members.keySet())) {
                throw new Rollover.RefusedException("other routes change their members without reload than those that"
                        + " lie on this node. They are written anew.");
            }
            settle(members);
        }
    }

    private void settle(SortedMap<String, String> wanted) throws IOException, InterruptedException {
        if (!read().members().equals(wanted) || !Files.exists(file)) {
            write(wanted);
        }
        String proof = read().proof();
        long end = System.nanoTime() + LIMIT.toNanos();
        String told = told();
        while (!told.equals(proof)) {
            if (System.nanoTime() > end) {
                throw new Rollover.RefusedException("the workers of nginx did not take the new addresses from " + file
                        + " within " + LIMIT.toSeconds() + " s: " + door() + " said '" + told
                        + "' in place of '" + proof + "'. Look into its error log.");
            }
            TimeUnit.MILLISECONDS.sleep(20);
            told = told();
        }
    }

    /** Whether the workers have what lies in the file; so they do where there is none. */
    public boolean isServed() throws IOException, InterruptedException {
        Held held = read();
        return held.whole() && (held.members().isEmpty() || told().equals(held.proof()));
    }

    /**
     * The service as it takes these routes: members lie in the file when nginx reads its configuration, beside those of before, which workers that are
     * leaving may still be asked for; and those of before lie there again when it goes back.
     */
    Rollover.Service with(Rollover.Service service, RouteSet after) throws IOException {
        SortedMap<String, String> wanted = LiveUpstreams.members(after);
        SortedMap<String, String> earlier = read().members();
        if (wanted.isEmpty() && earlier.isEmpty()) {
            return service;
        }
        SortedMap<String, String> both = new TreeMap<>(earlier);
        both.putAll(wanted);
        return new Rollover.Service() {
            private boolean reloaded;

            @Override
            public void test(Release candidate) throws IOException, InterruptedException {
                service.test(candidate);
            }

            @Override
            public void reload() throws IOException, InterruptedException {
                write(reloaded ? earlier : both);
                reloaded = true;
                service.reload();
            }

            @Override
            public void prove(Release current) throws IOException, InterruptedException {
                service.prove(current);
                if (wanted.isEmpty()) {
                    Files.deleteIfExists(file);
                } else {
                    settle(wanted);
                }
            }
        };
    }

    private Held read() throws IOException {
        SortedMap<String, String> members = new TreeMap<>();
        if (!Files.isRegularFile(file)) {
            return new Held(0, members, true);
        }
        String text = Files.readString(file);
        if (!text.matches("(?s)shera-peers [0-9]{1,15}\n(.*\n)?end\n")) {
            // Later than any that was counted.
            return new Held(System.currentTimeMillis(), members, false);
        }
        String[] lines = text.substring(0, text.length() - END.length()).split("\n");
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(" ", 2);
            members.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return new Held(Long.parseLong(lines[0].substring(HEAD.length())), members, true);
    }

    /** Beside, flushed, renamed: a power cut leaves the old members or the new ones. */
    private void write(SortedMap<String, String> members) throws IOException {
        Held next = new Held(read().generation() + 1, members, true);
        Files.createDirectories(Path.of(nginx.folder() + LiveUpstreams.FOLDER));
        Path beside = Path.of(file + ".new");
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(
                    (HEAD + next.generation() + "\n" + next.body() + END).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private URI door() {
        return URI.create("http://127.0.0.1:" + nginx.versionPort() + LiveUpstreams.DOOR);
    }

    /** What the workers have after they have read the file again, or why that is not known. */
    private String told() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(door())
                    .timeout(Duration.ofSeconds(5))
                    .build();
            String body = http.send(request, BodyHandlers.ofString()).body().strip();
            return body.substring(0, Math.min(body.length(), 200));
        } catch (IOException e) {
            return NginxService.why(e);
        }
    }
}
