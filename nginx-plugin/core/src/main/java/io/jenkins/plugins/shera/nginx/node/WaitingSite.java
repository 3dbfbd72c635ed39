package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.site.SiteAllowance;
import io.jenkins.plugins.shera.nginx.site.SiteFiles;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Files of people that were tested and lie on a node, and wait until somebody puts them in force. Nothing of nginx names their folder, so no
 * other reload takes them along.
 */
public final class WaitingSite {
    private final NginxInstallation installation;
    private final ReleaseFolder waiting;

    /** Only keeps what it is given. */
    public WaitingSite(NginxInstallation installation) {
        this.installation = installation;
        this.waiting = new ReleaseFolder(installation.folder().resolve("site").resolve("waiting"));
    }

    /**
     * Lets the node's own nginx test these files, and writes them beside in place of those that waited; nginx goes on as it was.
     *
     * @throws Rollover.RefusedException if nginx refused them, or a hand's edit would be lost; what waited still waits
     */
    public void write(Map<String, String> files, SiteAllowance allowed) throws IOException, InterruptedException {
        new NginxNode(installation).testSite(files, allowed);
        try (ReleaseFolder.Lock held = waiting.lock()) {
            waiting.activate(held, waiting.stage(held, SiteFiles.render(files)));
            waiting.prune(held, 1);
        }
    }

    /** The files that wait, by name; empty where none do. */
    public Optional<SortedMap<String, String>> files() throws IOException {
        return waiting.current().isEmpty() ? Optional.empty() : Optional.of(SiteFiles.read(waiting.currentFiles()));
    }

    /** What a hand changed of them since they were written, one line each. */
    public List<String> changes() throws IOException {
        return SiteFiles.changes(waiting.currentFiles());
    }

    /** When they were written, in milliseconds since 1970; 0 where none wait. */
    public long writtenAt() throws IOException {
        return waiting.current().isEmpty()
                ? 0
                : Files.getLastModifiedTime(waiting.currentLink(), LinkOption.NOFOLLOW_LINKS)
                        .toMillis();
    }

    /** Takes them away; no error where none wait. */
    public void drop() throws IOException {
        if (waiting.current().isEmpty()) {
            return;
        }
        try (ReleaseFolder.Lock held = waiting.lock()) {
            waiting.deactivate(held);
            for (Release release : waiting.releases()) {
                waiting.discard(held, release);
            }
        }
    }
}
