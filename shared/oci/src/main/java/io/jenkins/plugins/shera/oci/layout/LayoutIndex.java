package io.jenkins.plugins.shera.oci.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.image.MediaTypes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The {@code index.json} of a layout: which manifests there are, and under which tags. */
final class LayoutIndex {
    private static final String TAG = "org.opencontainers.image.ref.name";
    private static final Object ONE_WRITER_OF_THIS_JVM = new Object();

    private final Path folder;

    LayoutIndex(Path folder) {
        this.folder = folder;
    }

    Optional<Descriptor> find(String tag) throws IOException {
        for (JsonNode entry : read().path("manifests")) {
            if (tag.equals(tagOf(entry))) {
                return Optional.of(new Descriptor(
                        entry.path("mediaType").asText(),
                        Digest.parse(entry.path("digest").asText()),
                        entry.path("size").asLong()));
            }
        }
        return Optional.empty();
    }

    List<String> tags() throws IOException {
        TreeSet<String> tags = new TreeSet<>();
        read().path("manifests").forEach(entry -> tags.add(tagOf(entry)));
        tags.remove("");
        return List.copyOf(tags);
    }

    /** An empty tag lists the manifest by its digest alone. */
    void put(String tag, Descriptor manifest) throws IOException {
        change(list -> {
            drop(
                    list,
                    entry -> tag.isEmpty()
                            ? tagOf(entry).isEmpty()
                                    && digestOf(entry).equals(manifest.digest().toString())
                            : tagOf(entry).equals(tag));
            ObjectNode entry = list.addObject();
            entry.put("mediaType", manifest.mediaType());
            entry.put("digest", manifest.digest().toString());
            entry.put("size", manifest.size());
            if (!tag.isEmpty()) {
                entry.putObject("annotations").put(TAG, tag);
            }
        });
    }

    void remove(Digest manifest) throws IOException {
        change(list -> drop(list, entry -> digestOf(entry).equals(manifest.toString())));
    }

    private static void drop(ArrayNode list, java.util.function.Predicate<JsonNode> which) {
        for (Iterator<JsonNode> entries = list.iterator(); entries.hasNext(); ) {
            if (which.test(entries.next())) {
                entries.remove();
            }
        }
    }

    private void change(Consumer<ArrayNode> how) throws IOException {
        Files.createDirectories(folder);
        synchronized (ONE_WRITER_OF_THIS_JVM) {
            try (FileChannel lockFile = FileChannel.open(
                            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = lockFile.lock()) {
                ObjectNode index = read();
                how.accept(index.withArray("manifests"));
                Path next = Files.createTempFile(folder, ".index-", "");
                Files.write(next, Json.write(index));
                Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private ObjectNode read() throws IOException {
        try {
            return Json.read(Files.readAllBytes(file()), "index of " + folder);
        } catch (NoSuchFileException e) {
            ObjectNode index = Json.object();
            index.put("schemaVersion", 2);
            index.put("mediaType", MediaTypes.OCI_INDEX);
            index.putArray("manifests");
            return index;
        }
    }

    private Path file() {
        return folder.resolve("index.json");
    }

    private static String tagOf(JsonNode entry) {
        return entry.path("annotations").path(TAG).asText("");
    }

    private static String digestOf(JsonNode entry) {
        return entry.path("digest").asText("");
    }
}
