package io.jenkins.plugins.shera.terminal.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.TerminalPolicy;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import io.jenkins.plugins.shera.terminal.copy.Claims;
import io.jenkins.plugins.shera.terminal.copy.CopyException;
import io.jenkins.plugins.shera.terminal.copy.CopyOrder;
import io.jenkins.plugins.shera.terminal.copy.DebugCopies;
import io.jenkins.plugins.shera.terminal.copy.DebugCopy;
import io.jenkins.plugins.shera.terminal.copy.ImageStart;
import io.jenkins.plugins.shera.terminal.files.ContainerFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The debug copies of an application in one environment, for a person who may use its terminals; close it. They are made with the
 * tenant's rights in the cluster, each is audited and on the timeline.
 */
public final class CopyDesk implements AutoCloseable {
    /** Copies one tenant has at most, in all its namespaces. */
    public static final int MOST = 5;

    private static final Logger LOGGER = Logger.getLogger(CopyDesk.class.getName());
    private static final Map<String, Object> GATES = new ConcurrentHashMap<>();

    private final Entry entry;
    private final ClusterClient cluster;
    private final DebugCopies copies;

    private CopyDesk(Entry entry) {
        this.entry = entry;
        this.cluster = entry.connect();
        this.copies = new DebugCopies(
                cluster.api(),
                entry.environment().getNamespace(),
                entry.application().getName(),
                this::start);
    }

    /** Nothing where its registry cannot be asked: a copy is of use without. */
    private ImageStart start(String image) {
        try {
            ImageReference reference = ImageReference.parse(image);
            Optional<ImageTarget> home = PackageSource.repository(entry.tenant(), reference);
            return home.isEmpty()
                    ? ImageStart.UNKNOWN
                    : ImageStart.of(Image.read(
                                    home.get(),
                                    reference.digest().orElseThrow().toString(),
                                    Platform.ofThisMachine(),
                                    PackageSource.known())
                            .config()
                            .container());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "what " + image + " starts could not be asked", e);
            return ImageStart.UNKNOWN;
        }
    }

    /**
     * Opens it for the caller, who needs Terminal on the tenant's folder and is a person, never SYSTEM.
     *
     * @throws Refusal if the caller may not, or if what is named is not there
     */
    public static CopyDesk open(String tenant, String application, String environment) {
        return new CopyDesk(
                Entry.ofViewer(tenant, application, environment, "", SheraPermissions.TERMINAL, "debug-copy.use"));
    }

    /** The copies there are, also those that ended and are not taken away yet. */
    public List<DebugCopy> list() throws IOException {
        return copies.list();
    }

    /** What can be copied, as the environment's policy lets people in. */
    public List<DebugCopies.Candidate> candidates() throws IOException {
        TerminalPolicy policy = entry.environment().getPolicy().getTerminal();
        return copies.candidates().stream()
                .filter(each -> policy.allows(each.container()))
                .toList();
    }

    /** The name given, or that of the only container; empty where there are more. */
    private String chosen(String pod, String container) throws IOException {
        if (!container.isEmpty()) {
            return container;
        }
        List<DebugCopies.Candidate> all = copies.candidates().stream()
                .filter(each -> each.pod().equals(pod))
                .toList();
        return all.size() == 1 ? all.get(0).container() : "";
    }

    /**
     * Makes a copy.
     *
     * @param minutes it may live; 0 for the usual time
     * @param claims a word that {@link Claims} knows
     * @throws Refusal if it cannot be made
     */
    public DebugCopy start(String pod, String container, long minutes, String claims, boolean withInit)
            throws IOException {
        EngineDoor.checkPod(pod);
        entry.checkPass("debug-copy.start", pod);
        long life = minutes == 0 ? CopyOrder.USUAL_MINUTES : minutes;
        if (life < CopyOrder.LEAST_MINUTES || life > CopyOrder.MOST_MINUTES) {
            throw Refusal.input(
                    "minutes",
                    Messages.CopyDesk_minutes(CopyOrder.LEAST_MINUTES, CopyOrder.MOST_MINUTES),
                    Messages.CopyDesk_minutes_next());
        }
        Claims word = Claims.named(claims)
                .orElseThrow(
                        () -> Refusal.input("claims", Messages.CopyDesk_claims(), Messages.CopyDesk_claims_next()));
        String held = chosen(pod, container);
        if (!held.isEmpty()) {
            entry.checkContainer(held);
        }
        CopyOrder order = new CopyOrder(pod, held, entry.user(), Duration.ofMinutes(life), word, withInit);
        AuditLine line = line("debug-copy.start", pod);
        DebugCopy made;
        try {
            synchronized (GATES.computeIfAbsent(entry.tenant().getId(), key -> new Object())) {
                bounded();
                made = copies.start(order);
            }
        } catch (CopyException e) {
            Refusal no = refusal(Messages.CopyDesk_not(), e, pod);
            line.refused(no.getMessage());
            throw no;
        } catch (IOException e) {
            line.failed(e.getMessage());
            throw e;
        }
        line.after(json(made)).done();
        entry.tell(TimelineEntry.Kind.TERMINAL, Messages._CopyDesk_started(made.of()), made.name());
        DebugCopyKeeper.get().after(made.ends());
        return made;
    }

    private void bounded() {
        int there = DebugCopyKeeper.get().count(entry.tenant());
        if (there >= MOST) {
            throw Refusal.conflict(
                    "debug copy",
                    Messages.CopyDesk_many(entry.tenant().getId(), there, MOST),
                    Messages.CopyDesk_many_next());
        }
    }

    static Refusal refusal(String error, CopyException e, String where) {
        Refusal.Kind kind =
                switch (e.kind()) {
                    case MISSING -> Refusal.Kind.UNKNOWN;
                    case INPUT -> Refusal.Kind.INPUT;
                    case BLOCKED -> Refusal.Kind.CONFLICT;
                };
        return new Refusal(kind, error, ContainerFiles.shown(where), e.why(), e.next());
    }

    /** Removes a copy, also another's; its terminals end. */
    public void delete(String name) throws IOException {
        DebugCopy copy = copies.find(name)
                .orElseThrow(() -> Refusal.unknown("copy", Messages.CopyDesk_none(), Messages.CopyDesk_none_next()));
        AuditLine line = line("debug-copy.delete", name).before(json(copy));
        try {
            copies.delete(copy);
        } catch (IOException e) {
            line.failed(e.getMessage());
            throw e;
        }
        line.done();
        entry.tell(TimelineEntry.Kind.TERMINAL, Messages._CopyDesk_deleted(copy.of()), name);
    }

    private AuditLine line(String what, String pod) {
        return entry.line(what, ContainerFiles.shown(pod));
    }

    static String json(DebugCopy copy) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("copy", copy.name())
                .put("of", copy.of())
                .put("container", copy.container())
                .put("image", copy.image())
                .put("ends", copy.ends().toString());
        copy.notes().forEach(json.putArray("notes")::add);
        return json.toString();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
