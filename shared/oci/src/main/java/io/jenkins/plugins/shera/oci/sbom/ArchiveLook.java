package io.jenkins.plugins.shera.oci.sbom;

import io.jenkins.plugins.shera.oci.image.Digest;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Looks into one Java archive and those it holds: what each is, by Maven's note, its manifest or its name, and its hashes. */
final class ArchiveLook {
    private final Path spool;
    private final Bounds bounds;
    private final List<Artifact> artifacts = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();

    /** Archives within it are unpacked into the folder, one at a time for each depth. */
    ArchiveLook(Path spool, Bounds bounds) {
        this.spool = spool;
        this.bounds = bounds;
    }

    /** Reads the archive; one that is none, or too large, is known by its hashes alone. */
    Findings read(Path archive, String location) throws IOException {
        look(archive, location, 0);
        return Findings.ofArtifacts(artifacts, unread);
    }

    private void look(Path archive, String location, int depth) throws IOException {
        MessageDigest sha1 = sha1();
        MessageDigest sha256 = Digest.sha256();
        try (InputStream in =
                new DigestInputStream(new DigestInputStream(Files.newInputStream(archive), sha1), sha256)) {
            byte[] buffer = new byte[1 << 16];
            while (in.read(buffer) >= 0) {
                continue;
            }
        }
        int own = artifacts.size();
        FileName file = FileName.of(location);
        String hash1 = HexFormat.of().formatHex(sha1.digest());
        String hash256 = HexFormat.of().formatHex(sha256.digest());
        artifacts.add(new Artifact(location, "", file.name(), file.version(), hash1, hash256));
        List<PomNote> notes = new ArrayList<>();
        String manifest = "";
        ZipFile zip;
        try {
            zip = new ZipFile(archive.toFile());
        } catch (IOException | IllegalArgumentException e) {
            unread.add("/" + location + " is no archive that can be read");
            return;
        }
        try (zip) {
            if (zip.size() > Bounds.MOST_ENTRIES) {
                unread.add("/" + location + " holds more than " + Bounds.MOST_ENTRIES + " files");
                return;
            }
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(e -> (ZipEntry) e)::iterator) {
                if (entry.isDirectory() || artifacts.size() >= Bounds.MOST_FOUND) {
                    continue;
                }
                String name = entry.getName();
                if (name.equals("META-INF/MANIFEST.MF")) {
                    manifest = text(zip, entry).orElse("");
                } else if (Interest.isPom(name)) {
                    text(zip, entry).flatMap(PomNote::read).ifPresent(notes::add);
                } else if (Interest.isArchive(name)) {
                    inner(zip, entry, location + "!/" + Bounds.word(name), depth + 1);
                }
            }
        }
        identify(own, file, notes, manifest);
    }

    private Optional<String> text(ZipFile zip, ZipEntry entry) {
        try (InputStream in = zip.getInputStream(entry)) {
            return bounds.text(in, Bounds.LARGEST_TEXT);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void inner(ZipFile zip, ZipEntry entry, String location, int depth) throws IOException {
        if (depth > Bounds.DEEPEST) {
            unread.add("/" + location + " is an archive in more than " + Bounds.DEEPEST + " others");
            return;
        }
        Path file = Files.createTempFile(spool, "inner", ".zip");
        try {
            if (unpack(zip, entry, file, location)) {
                look(file, location, depth);
            }
        } finally {
            Files.delete(file);
        }
    }

    private boolean unpack(ZipFile zip, ZipEntry entry, Path file, String location) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            InputStream in;
            try {
                in = zip.getInputStream(entry);
            } catch (IOException | IllegalArgumentException e) {
                unread.add("/" + location + " is damaged");
                return false;
            }
            try (in) {
                if (bounds.copy(in, out)) {
                    return true;
                }
                unread.add("/" + location + " unpacks to more than may be read");
            } catch (java.util.zip.ZipException | java.io.EOFException e) {
                unread.add("/" + location + " is damaged");
            }
            return false;
        }
    }

    /** The note that fits the file's name is the archive's own; the others are of libraries copied into it. */
    private void identify(int own, FileName file, List<PomNote> notes, String manifest) {
        Artifact known = artifacts.get(own);
        PomNote mine = null;
        for (PomNote note : notes) {
            boolean longer = mine == null || note.name().length() > mine.name().length();
            if (note.names(file.whole()) && longer) {
                mine = note;
            }
        }
        if (mine == null && notes.size() == 1) {
            mine = notes.get(0);
        }
        if (mine != null) {
            artifacts.set(own, of(known, mine, known.sha1(), known.sha256()));
        } else {
            Attributes main = attributes(manifest);
            String version = file.version();
            for (String name : List.of("Implementation-Version", "Bundle-Version")) {
                version = version.isEmpty() ? Bounds.word(main.getValue(name)) : version;
            }
            artifacts.set(own, new Artifact(known.location(), "", file.name(), version, known.sha1(), known.sha256()));
        }
        for (PomNote note : notes) {
            if (!note.equals(mine) && artifacts.size() < Bounds.MOST_FOUND) {
                artifacts.add(of(known, note, "", ""));
            }
        }
    }

    private static Artifact of(Artifact place, PomNote note, String sha1, String sha256) {
        return new Artifact(place.location(), note.group(), note.name(), note.version(), sha1, sha256);
    }

    private static Attributes attributes(String manifest) {
        try {
            return new Manifest(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                    .getMainAttributes();
        } catch (IOException | IllegalArgumentException e) {
            return new Attributes();
        }
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
