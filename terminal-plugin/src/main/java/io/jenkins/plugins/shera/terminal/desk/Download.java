package io.jenkins.plugins.shera.terminal.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.files.Passage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One file or packed folder that is brought out of a container, and then waits to be fetched. Usable from several threads. */
public final class Download {
    private static final Logger LOGGER = Logger.getLogger(Download.class.getName());

    private final String owner;
    private final String target;
    private final Path file;
    private final Passage passage = new Passage();
    private Instant touched = Instant.now();
    private ObjectNode facts;
    private Refusal problem;
    private boolean fetched;
    private boolean over;

    Download(String owner, String target) throws IOException {
        this.owner = owner;
        this.target = target;
        this.file = Files.createTempFile("shera-download-", ".out");
    }

    String owner() {
        return owner;
    }

    boolean isOf(String user, String of) {
        return owner.equals(user) && target.equals(of);
    }

    synchronized Instant touched() {
        return touched;
    }

    synchronized boolean isFetched() {
        return fetched;
    }

    void perform(Downloads.Bringing bringing) {
        try {
            ObjectNode told = bringing.to(file, passage);
            synchronized (this) {
                facts = told;
            }
        } catch (Refusal e) {
            fail(e);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "a download from a container failed", e);
            fail(Refusal.conflict("download", Messages.Downloads_failed(), Messages.Downloads_bad_next()));
        } finally {
            end();
        }
    }

    synchronized void fail(Refusal why) {
        problem = why;
    }

    private synchronized void end() {
        over = true;
        touched = Instant.now();
        if (passage.isStopped()) {
            delete();
        }
    }

    /**
     * How far it is: {@code state} is {@code running}, {@code done} (with {@code size} and what else is known) or {@code failed};
     * {@code bytes} have come out of the container.
     */
    public synchronized ObjectNode json() throws IOException {
        touched = Instant.now();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("state", problem != null ? "failed" : facts != null ? "done" : "running");
        json.put("bytes", passage.bytes());
        if (problem != null) {
            json.set("problem", PackageRun.problem(problem.error(), problem.where(), problem.why(), problem.next()));
        } else if (facts != null) {
            json.put("size", Files.size(file)).setAll(facts);
        }
        return json;
    }

    /**
     * Bytes of what is here as a whole.
     *
     * @throws Refusal while it is not
     */
    public synchronized long size() throws IOException {
        if (facts == null) {
            throw Refusal.conflict("download", Messages.Downloads_early(), Messages.Downloads_early_next());
        }
        return Files.size(file);
    }

    /** Sends it from there on. */
    public void send(long from, OutputStream to) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(from);
            in.transferTo(to);
        }
        synchronized (this) {
            touched = Instant.now();
            fetched = true;
        }
    }

    /** Stops it, and deletes what is here as soon as nobody writes to it. */
    synchronized void drop() {
        passage.stop();
        if (over) {
            delete();
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot delete " + file, e);
        }
    }
}
