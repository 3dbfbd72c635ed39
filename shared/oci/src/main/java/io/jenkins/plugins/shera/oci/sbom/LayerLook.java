package io.jenkins.plugins.shera.oci.sbom;

import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.oci.layer.LayerListing;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks at the files of one layer while they go by, or at those it is to be packed from. */
public final class LayerLook implements LayerListing.Observer {
    private final Path spool;
    private final List<TarEntry> marks = new ArrayList<>();
    private final Map<String, Findings> found = new TreeMap<>();

    /** Archives are kept in the folder while they are looked into. */
    public LayerLook(Path spool) {
        this.spool = spool;
    }

    /** What a layer will hold that is packed from files at hand. */
    public static LayerFindings of(LayerWriter writer, Path spool) throws IOException {
        LayerLook look = new LayerLook(spool);
        for (TarEntry entry : writer.entries()) {
            look.see(entry, writer.content(entry.name()));
        }
        return look.findings();
    }

    @Override
    public void see(TarEntry entry, InputStream content) throws IOException {
        see(entry, () -> content);
    }

    private void see(TarEntry entry, BlobSource content) throws IOException {
        Interest interest = Interest.of(entry.name());
        boolean hides = EntryNames.last(entry.name()).startsWith(EntryNames.WHITEOUT);
        if (hides || interest != Interest.NONE || entry.kind() == TarEntry.Kind.SYMLINK) {
            marks.add(entry);
        }
        if (hides || interest == Interest.NONE) {
            return;
        }
        found.remove(entry.name());
        if (entry.kind() == TarEntry.Kind.HARD_LINK && found.containsKey(entry.link())) {
            found.put(entry.name(), found.get(entry.link()));
        } else if (entry.kind() == TarEntry.Kind.FILE) {
            found.put(entry.name(), read(entry, interest, content));
        }
    }

    private Findings read(TarEntry entry, Interest interest, BlobSource content) throws IOException {
        String path = Bounds.word(entry.name());
        Bounds bounds = Bounds.usual();
        if (interest == Interest.RPM) {
            return Findings.unread("/" + path + ": packages of rpm are not read");
        }
        if (interest == Interest.ARCHIVE) {
            return archive(path, content, bounds);
        }
        try (InputStream in = content.open()) {
            int largest = interest == Interest.DEBIAN || interest == Interest.ALPINE
                    ? Bounds.LARGEST_DATABASE
                    : Bounds.LARGEST_TEXT;
            Optional<String> text = bounds.text(in, largest);
            if (text.isEmpty()) {
                return Findings.unread("/" + path + " is larger than " + largest + " bytes");
            }
            return switch (interest) {
                case DEBIAN -> Findings.ofPackages(Databases.debian(text.get()));
                case ALPINE -> Findings.ofPackages(Databases.alpine(text.get()));
                case SYSTEM -> Findings.ofSystem(Databases.system(text.get()));
                default ->
                    PomNote.read(text.get())
                            .map(note -> Findings.ofArtifacts(
                                    List.of(new Artifact(path, note.group(), note.name(), note.version(), "", "")),
                                    List.of()))
                            .orElse(Findings.ofArtifacts(List.of(), List.of()));
            };
        }
    }

    private Findings archive(String path, BlobSource content, Bounds bounds) throws IOException {
        Optional<Path> there = content.file();
        if (there.isPresent()) {
            return new ArchiveLook(spool, bounds).read(there.get(), path);
        }
        Path file = Files.createTempFile(spool, "archive", ".zip");
        try (InputStream in = content.open()) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return new ArchiveLook(spool, bounds).read(file, path);
        } finally {
            Files.delete(file);
        }
    }

    /** What was found so far. */
    public LayerFindings findings() {
        return new LayerFindings(marks, found);
    }
}
