package io.jenkins.plugins.shera.terminal.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.pack.HandPatch;
import io.jenkins.plugins.shera.terminal.pack.Packed;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jvnet.localizer.Localizable;

/** One look at a container, or one packaging of it, under way in the background; its words are put into the language of who asks. */
public final class PackageRun {
    private static final Logger LOGGER = Logger.getLogger(PackageRun.class.getName());
    private static final int MOST_LINES = 300;

    /** What is done; the answer is put into words when it is asked for. */
    interface Work {
        /** Does it. */
        Supplier<ObjectNode> run() throws IOException;
    }

    /** What is open while it is done. */
    interface Room extends AutoCloseable {
        @Override
        void close();
    }

    private final String id = UUID.randomUUID().toString();
    private final Instant begun = Instant.now();
    private final String owner;
    private final String subject;
    private final List<Localizable> lines = new ArrayList<>();
    private Supplier<ObjectNode> done;
    private Supplier<ObjectNode> problem;
    private Image origin;
    private Packed made;

    /** The subject is {@code tenant/application}. */
    PackageRun(String owner, String subject) {
        this.owner = owner;
        this.subject = subject;
    }

    public String id() {
        return id;
    }

    boolean isOf(String user, String of) {
        return owner.equals(user) && subject.equals(of);
    }

    String owner() {
        return owner;
    }

    Instant begun() {
        return begun;
    }

    synchronized boolean isOver() {
        return done != null || problem != null;
    }

    /** Takes a line of progress; past the first hundreds none is kept. */
    public synchronized void say(Localizable line) {
        if (lines.size() < MOST_LINES) {
            lines.add(line);
        }
    }

    /** Remembers what was made, for what is asked of it later. */
    synchronized void made(Image of, Packed packed) {
        origin = of;
        made = packed;
    }

    /** Whether an image was made. */
    public synchronized boolean hasMade() {
        return made != null;
    }

    /** The text files that the image changes, as a patch. */
    HandPatch patch(Consumer<Localizable> progress) throws IOException {
        Image of;
        Packed packed;
        synchronized (this) {
            of = origin;
            packed = made;
        }
        return PackageDesk.patch(of, packed, progress);
    }

    void perform(Work work) {
        try {
            Supplier<ObjectNode> result = work.run();
            synchronized (this) {
                done = result;
            }
        } catch (Refusal e) {
            fail(() -> problem(e.error(), e.where(), e.why(), e.next()));
        } catch (IOException e) {
            fail(() -> problem(Messages.PackageRun_failed(), "", e.getMessage(), ""));
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "packaging " + id + " in " + subject + " failed", e);
            fail(() -> problem(
                    Messages.PackageRun_failed(),
                    "",
                    Messages.PackageRun_internal(id),
                    Messages.PackageRun_internal_next(id)));
        }
    }

    /** Ends it before it began. */
    synchronized void fail(Supplier<ObjectNode> why) {
        problem = why;
    }

    static ObjectNode problem(String error, String where, String why, String next) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("error", error)
                .put("where", where)
                .put("why", why == null ? "" : why)
                .put("next", next);
    }

    /** {@code state} is {@code running}, {@code done} (with {@code result}) or {@code failed} (with {@code problem}). */
    public synchronized ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("state", problem != null ? "failed" : done != null ? "done" : "running");
        ArrayNode said = json.putArray("lines");
        lines.forEach(line -> said.add(line.toString()));
        if (problem != null) {
            json.set("problem", problem.get());
        } else if (done != null) {
            json.set("result", done.get());
        }
        return json;
    }
}
