package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.Stream;
import io.jenkins.plugins.shera.nginx.model.StreamSet;
import io.jenkins.plugins.shera.nginx.render.Readback;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nginx.render.StreamFiles;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The TCP and UDP ports of one nginx, which change apart from its routes. Used on the node itself. */
public final class NginxStreams {
    private final NginxInstallation installation;
    private final NodeFolders folders;
    private final ReleaseFolder streams;

    /** Only keeps what it is given. */
    public NginxStreams(NginxInstallation installation) {
        this.installation = installation;
        this.folders = new NodeFolders(installation);
        this.streams = folders.streams();
    }

    private interface Change {
        StreamSet apply(StreamSet before) throws InvalidRouteException;
    }

    /**
     * Adds the stream or replaces what its owner had at that port, and proves that the workers serve it.
     *
     * @return what was there before
     * @throws InvalidRouteException if the port is another's, or this nginx has no streams; nothing changed
     * @throws Rollover.RefusedException if nginx refused it; the earlier streams are in force
     */
    public Optional<Stream> publish(Stream stream) throws IOException, InterruptedException, InvalidRouteException {
        return change(before -> before.with(stream)).of(stream.name());
    }

    /** Takes the owner's stream away; no error when there is none. */
    public Optional<Stream> remove(String name, RouteOwner owner)
            throws IOException, InterruptedException, InvalidRouteException {
        return change(before -> before.without(name, owner)).of(name);
    }

    /** Makes these all the streams of the node, whatever it had before, and proves that the workers serve them. */
    public void replace(StreamSet wanted) throws IOException, InterruptedException, InvalidRouteException {
        change(before -> wanted);
    }

    /** Writes what was last put here once more, over whatever somebody else changed. */
    void overwrite() throws IOException, InterruptedException {
        try {
            change(before -> before);
        } catch (InvalidRouteException e) {
            throw new Rollover.RefusedException(e.getMessage());
        }
    }

    /** Gives back the set as it was before. */
    private StreamSet change(Change change) throws IOException, InterruptedException, InvalidRouteException {
        try (ReleaseFolder.Lock held = streams.lock()) {
            StreamSet before = now();
            StreamSet wanted = change.apply(before);
            if (streams.current().isEmpty() && wanted.streams().isEmpty()) {
                return before;
            }
            requireAble();
            requireFree(wanted);
            new Rollover(streams, folders.streamService())
                    .apply(held, StreamFiles.render(wanted, installation.streamPort()));
            return before;
        }
    }

    private void requireAble() throws IOException, InterruptedException, InvalidRouteException {
        NginxProgram program = NginxProgram.of(installation);
        if (!program.stream()) {
            throw new InvalidRouteException("nginx " + program.version() + " of this node was built without TCP and UDP"
                    + " (stream). Install a package that has it, or use another node.");
        }
        if (installation.streamPort() == 0) {
            throw new InvalidRouteException(
                    "No port is named at which nginx on this node tells which streams it serves."
                            + " An administrator names a free one of the loopback address: streamPort.");
        }
    }

    private void requireFree(StreamSet wanted) throws IOException, InvalidRouteException {
        wanted.requireBeside(RouteFiles.read(folders.routes().currentFiles()));
        for (int taken : List.of(installation.versionPort(), installation.streamPort())) {
            if (wanted.of("tcp:" + taken).isPresent()) {
                throw new InvalidRouteException(
                        "The port " + taken + " is where nginx tells what it serves. Choose another one.");
            }
        }
    }

    /** Refuses routes at a port where a stream is. */
    void requireBeside(RouteSet routes) throws IOException, InvalidRouteException {
        now().requireBeside(routes);
    }

    /** What lies on the node now. */
    public StreamSet now() throws IOException {
        return StreamFiles.read(streams.currentFiles());
    }

    /** What somebody else changed, one line each. */
    List<String> changes() throws IOException {
        SortedMap<String, byte[]> found = streams.currentFiles();
        return streams.current().isEmpty()
                ? List.of()
                : Readback.changes(intended(), found).stream()
                        .map(change -> "streams/" + change)
                        .toList();
    }

    /** The files that are to lie there. */
    SortedMap<String, byte[]> intended() throws IOException {
        return StreamFiles.render(now(), installation.streamPort());
    }

    /** The files as they lie there. */
    SortedMap<String, byte[]> found() throws IOException {
        return streams.currentFiles();
    }

    /** Whether the workers serve what was last put there; so they do where nothing ever was. */
    boolean isServed() throws IOException, InterruptedException {
        return streams.current().isEmpty()
                || folders.streamService().serves(intended().get(StreamFiles.PROOF));
    }

    /** The generation in force, 0 when there never was one. */
    public long generation() throws IOException {
        return streams.current().map(Release::generation).orElse(0L);
    }
}
