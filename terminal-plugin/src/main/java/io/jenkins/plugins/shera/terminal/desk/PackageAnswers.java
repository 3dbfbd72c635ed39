package io.jenkins.plugins.shera.terminal.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.terminal.pack.Changes;
import io.jenkins.plugins.shera.terminal.pack.Choice;
import io.jenkins.plugins.shera.terminal.pack.ContainerFile;
import io.jenkins.plugins.shera.terminal.pack.HandPatch;
import io.jenkins.plugins.shera.terminal.pack.PackOrder;
import io.jenkins.plugins.shera.terminal.pack.Packed;
import io.jenkins.plugins.shera.terminal.pack.SecretFinding;
import io.jenkins.plugins.shera.terminal.pack.SecretScan;
import io.jenkins.plugins.shera.terminal.recording.Facts;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What a desk finds and makes, as the page and REST have it. */
public final class PackageAnswers {
    /** Rows of a list that travel at most; the counts are those of all. */
    public static final int MOST_ROWS = 2000;

    private PackageAnswers() {}

    /** What the container is, on what it stands and what is changed in it, found in the background. */
    public static void look(PackageRun run, PackageDesk desk) {
        PackageRuns.get().begin(run, desk.origin().where(), desk::close, () -> {
            ObjectNode base = base(desk);
            Changes changes = desk.changes();
            return () -> list(base.deepCopy(), changes);
        });
    }

    /** What is chosen of the changes; made when they are known. */
    public interface Chooser {
        /** From the changes as they are now. */
        Choice of(Changes changes) throws IOException;
    }

    /** Makes the image of what is chosen, in the background. */
    public static void make(PackageRun run, PackageDesk desk, Chooser chooser, PackOrder order) {
        PackageRuns.get().begin(run, desk.origin().where(), desk::close, () -> {
            Packed packed = desk.pack(chooser.of(desk.changesToPack()), order);
            run.made(desk.image(), packed);
            return () -> made(packed, desk.recorded());
        });
    }

    /** Makes a patch of what another run made, in the background; the container is not needed for it. */
    public static void patch(PackageRun run, PackageRun of) {
        PackageRuns.get().begin(run, "a patch", () -> {}, () -> {
            HandPatch patch = of.patch(run::say);
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("patch", patch.text());
            patch.binary().forEach(json.putArray("binary")::add);
            patch.left().forEach(json.putArray("left")::add);
            return json::deepCopy;
        });
    }

    private static ObjectNode base(PackageDesk desk) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("pod", desk.origin().pod());
        json.put("container", desk.origin().container());
        json.put("seen", desk.origin().mark());
        json.put("started", desk.origin().started().toString());
        json.put("repository", desk.image().home().name());
        json.put("base", desk.origin().image().toString());
        ArrayNode layers = json.putArray("layers");
        desk.image().manifest().layers().forEach(layer -> layers.addObject()
                .put("digest", layer.digest().toString())
                .put("size", layer.size()));
        return json;
    }

    private static ObjectNode list(ObjectNode json, Changes changes) {
        Choice config = Choice.configOnly(changes);
        Choice all = Choice.everything(changes);
        json.put("changed", changes.changed().size());
        json.put("deleted", changes.deleted().size());
        json.put("unreadable", changes.unreadable().size());
        json.put("special", changes.others().size());
        json.put("bytes", all.bytes());
        json.put("configBytes", config.bytes());
        ArrayNode rows = json.putArray("files");
        Set<String> settings = config.files().keySet();
        Consumer<Row> add = row -> {
            if (rows.size() < MOST_ROWS) {
                ObjectNode one = rows.addObject()
                        .put("path", "/" + row.name)
                        .put("change", row.change)
                        .put("kind", row.kind)
                        .put("size", row.size)
                        .put("layer", changes.layerOf(row.name).orElse(-1))
                        .put("config", settings.contains(row.name));
                one.put("secret", row.secret());
            }
        };
        changes.changed().values().forEach(file -> add.accept(Row.of(file, changes)));
        changes.deleted().forEach(name -> add.accept(new Row(name, "deleted", "", 0)));
        changes.unreadable().forEach(name -> add.accept(new Row(name, "unreadable", "", 0)));
        changes.others().forEach(name -> add.accept(new Row(name, "special", "", 0)));
        return json;
    }

    private record Row(String name, String change, String kind, long size) {
        static Row of(ContainerFile file, Changes changes) {
            String kind = file.kind() == TarEntry.Kind.FILE
                    ? "file"
                    : file.kind() == TarEntry.Kind.FOLDER ? "folder" : "link";
            String change = changes.isAdded(file.name()) ? "added" : "changed";
            return new Row(file.name(), change, kind, file.kind() == TarEntry.Kind.FILE ? file.size() : 0);
        }

        String secret() {
            return kind.isEmpty()
                    ? ""
                    : SecretScan.byName(name)
                            .map(found -> found.what().toString())
                            .orElse("");
        }
    }

    private static ObjectNode made(Packed packed, List<Facts> recorded) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("reference", packed.reference());
        json.put("repository", packed.repository());
        json.put("tag", packed.tag());
        json.put("digest", packed.digest().toString());
        json.put("layer", packed.layer().toString());
        json.put("bytesSent", packed.bytesSent());
        ArrayNode masked = json.putArray("masked");
        packed.masked().stream().map(SecretFinding::toString).forEach(masked::add);
        json.put("dockerfile", packed.dockerfile());
        ArrayNode remarks = json.putArray("remarks");
        packed.remarks().forEach(each -> remarks.add(each.toString()));
        ArrayNode recordings = json.putArray("recordings");
        recorded.forEach(each -> recordings.add(each.id()));
        return json;
    }
}
