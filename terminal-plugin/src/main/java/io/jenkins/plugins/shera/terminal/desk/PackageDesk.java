package io.jenkins.plugins.shera.terminal.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.layer.ImageTree;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import io.jenkins.plugins.shera.terminal.pack.Changes;
import io.jenkins.plugins.shera.terminal.pack.Choice;
import io.jenkins.plugins.shera.terminal.pack.ContainerPackager;
import io.jenkins.plugins.shera.terminal.pack.HandPatch;
import io.jenkins.plugins.shera.terminal.pack.LayerLists;
import io.jenkins.plugins.shera.terminal.pack.Origin;
import io.jenkins.plugins.shera.terminal.pack.PackOrder;
import io.jenkins.plugins.shera.terminal.pack.Packed;
import io.jenkins.plugins.shera.terminal.recording.Facts;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jvnet.localizer.Localizable;

/**
 * One container, opened in the name of a person who may package; close it. Calls wait for cluster and registry. A cluster is
 * entered with the tenant's rights, the registry with the tenant's login.
 */
public final class PackageDesk implements AutoCloseable {
    private final Entry entry;
    private final Consumer<Localizable> progress;
    private final PackageSource source;
    private final Image image;
    private List<Facts> recorded = List.of();

    private PackageDesk(Entry entry, String pod, String container, Consumer<Localizable> progress) throws IOException {
        this.entry = entry;
        this.progress = progress;
        this.source = EngineDoor.isEngine(pod)
                ? new EngineContents(entry, pod, container)
                : new ClusterContents(entry, pod, container);
        try {
            entry.checkContainer(origin().container());
            this.image = source.image();
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /**
     * Opens a container for the caller, who needs Package on the tenant's folder and is a person, never SYSTEM.
     *
     * @param container name, or empty for the only one of the pod
     * @param progress is told what is done
     * @throws Refusal if the caller may not, or if what is named is not there
     */
    public static PackageDesk open(
            String tenant,
            String application,
            String environment,
            String pod,
            String container,
            Consumer<Localizable> progress)
            throws IOException {
        return open(
                Entry.ofCaller(tenant, application, environment, pod, SheraPermissions.PACKAGE, "container.package"),
                pod,
                container,
                progress);
    }

    /** Opens a container for whom the entry is. */
    public static PackageDesk open(Entry entry, String pod, String container, Consumer<Localizable> progress)
            throws IOException {
        return new PackageDesk(entry, pod, container, progress);
    }

    /** The container and its image. */
    public Origin origin() {
        return source.origin();
    }

    /** The image the container was started from, as it lies in the registry. */
    public Image image() {
        return image;
    }

    /** What was changed in it. */
    public Changes changes() throws IOException {
        return source.changes(this::files);
    }

    /** The same, to {@link #pack} some of it at once, which then has less to read. */
    public Changes changesToPack() throws IOException {
        return source.changesToFetch(this::files);
    }

    private ImageTree files() throws IOException {
        return lists(progress).of(image);
    }

    /** Packages into the repository the image came from, and leaves a line in the audit trail and the timeline. */
    public Packed pack(Choice choice, PackOrder order) throws IOException {
        AuditLine line = entry.line("container.package", origin().pod())
                .before(json(origin().image().toString()));
        Recordings recordings = Recordings.get();
        List<Facts> seen = recordings.in(entry.tenant(), entry.application(), origin());
        order.sessions(seen.stream().map(Facts::id).toList());
        Packed packed;
        try {
            packed = new ContainerPackager(source.files(), image, progress).pack(choice, order, image.home());
        } catch (IOException e) {
            line.failed(e.getMessage());
            throw e;
        }
        recordings.note(seen, packed.reference());
        line.after(json(packed, seen)).done();
        entry.tell(
                TimelineEntry.Kind.PACKAGE,
                Messages._PackageDesk_packaged(packed.tag()),
                packed.reference() + " from " + origin().where(),
                recordings.links(seen));
        recorded = seen;
        return packed;
    }

    /** The text files that an image made here changes, as a patch. */
    public HandPatch patch(Packed packed) throws IOException {
        return patch(image, packed, progress);
    }

    /** The same when the container may be gone; asks the registry alone. */
    static HandPatch patch(Image origin, Packed packed, Consumer<Localizable> progress) throws IOException {
        Image made = Image.read(
                origin.home(), packed.digest().toString(), origin.config().platform());
        return HandPatch.of(made, origin, lists(progress));
    }

    private static LayerLists lists(Consumer<Localizable> progress) {
        return new LayerLists(SheraConfiguration.get().root().resolve("layer-lists"), progress);
    }

    /** The recordings of the sessions in which the container was changed, once it is packaged. */
    List<Facts> recorded() {
        return recorded;
    }

    private static String json(Packed packed, List<Facts> seen) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("image", packed.reference())
                .put("layer", packed.layer().toString())
                .put("sent", packed.bytesSent());
        if (!seen.isEmpty()) {
            seen.forEach(each -> json.withArray("/recordings").add(Recordings.path(each)));
        }
        return json.toString();
    }

    private static String json(String image) {
        return JsonNodeFactory.instance.objectNode().put("image", image).toString();
    }

    @Override
    public void close() {
        source.close();
    }
}
