package io.jenkins.plugins.shera.terminal.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import io.jenkins.plugins.shera.terminal.files.ContainerFiles;
import io.jenkins.plugins.shera.terminal.files.FileException;
import io.jenkins.plugins.shera.terminal.files.FileRoom;
import io.jenkins.plugins.shera.terminal.files.FolderArchive;
import io.jenkins.plugins.shera.terminal.files.Listing;
import io.jenkins.plugins.shera.terminal.files.Passage;
import io.jenkins.plugins.shera.terminal.session.Containers;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jvnet.localizer.Localizable;

/**
 * The files of one container, opened in the name of a person who may use its terminal; close it. A cluster is entered with the
 * tenant's rights. What is read, written and deleted is audited, what is changed is on the timeline too.
 */
public final class FileDesk implements AutoCloseable {
    /** Bytes of a file that is copied out or in, at most. */
    public static final long MOST_BYTES = 512L << 20;

    private static final Object[] LOCKS = Stream.generate(Object::new).limit(64).toArray();

    private final Entry entry;
    private final String where;
    private final Host host;
    private final String pod;
    private final FileRoom files;

    private FileDesk(Entry entry, String pod, String container) throws IOException {
        this.entry = entry;
        this.host = entry.host(pod);
        try {
            Containers.Running at = running(pod, container);
            entry.checkContainer(at.container());
            this.pod = at.pod();
            this.where = host.place() + "/" + at.pod() + "/" + at.container();
            this.files = host.enter(at.pod(), at.container()).files();
        } catch (IOException | RuntimeException e) {
            host.close();
            throw e;
        }
    }

    /**
     * Opens a container of the application for the caller, who needs Terminal on the tenant's folder and is a person, never SYSTEM.
     *
     * @param container name, or empty for the only one of the pod
     * @throws Refusal if the caller may not, or if what is named is not there or does not run
     */
    public static FileDesk open(String tenant, String application, String environment, String pod, String container)
            throws IOException {
        return open(
                Entry.ofCaller(tenant, application, environment, pod, SheraPermissions.TERMINAL, "container.files"),
                pod,
                container);
    }

    /**
     * Looks whether the caller may still have what was brought out of a container.
     *
     * @throws Refusal if not
     */
    public static void check(String tenant, String application, String environment, String pod) {
        Entry.ofCaller(tenant, application, environment, pod, SheraPermissions.TERMINAL, "container.read");
    }

    /** Opens a container for whom the entry is. */
    public static FileDesk open(Entry entry, String pod, String container) throws IOException {
        return new FileDesk(entry, pod, container);
    }

    private Containers.Running running(String wanted, String container) throws IOException {
        List<Containers.Running> fit = host.running().stream()
                .filter(each -> each.pod().equals(wanted))
                .filter(each -> container.isEmpty()
                        ? !each.isDebugger()
                        : each.container().equals(container))
                .toList();
        if (fit.size() != 1) {
            throw Refusal.unknown(
                    ContainerFiles.shown(wanted + "/" + container),
                    fit.isEmpty()
                            ? Messages.FileDesk_container(entry.application().getName())
                            : Messages.FileDesk_which(),
                    Messages.FileDesk_container_next());
        }
        return fit.get(0);
    }

    /** What is in a folder. */
    public Listing list(String folder) throws IOException {
        return files.list(folder);
    }

    /** Copies a file out; gives its SHA-256 in hex. */
    public String read(String path, OutputStream to, long most) throws IOException {
        AuditLine line = line("container.read");
        try {
            DigestOutputStream out = new DigestOutputStream(to, sha256());
            long size = files.read(path, out, most);
            String hash = hex(out.getMessageDigest());
            line.after(json(path, size, hash)).done();
            return hash;
        } catch (IOException e) {
            line.failed(ContainerFiles.shown(path) + ": " + e.getMessage());
            throw e;
        }
    }

    /**
     * Puts a file there, whole or not at all.
     *
     * @param expected SHA-256 in hex of the file as the caller last saw it; empty when it may replace anything
     * @return SHA-256 in hex of what is there now
     * @throws FileException of kind CONFLICT when another content is there by now
     */
    public String write(String path, Path content, String expected) throws IOException {
        AuditLine line = line("container.write");
        try {
            synchronized (lock(path)) {
                if (!expected.isEmpty() && !expected.equals(hash(path))) {
                    throw FileException.conflict(path);
                }
                files.write(path, content, expected);
            }
            MessageDigest digest = sha256();
            try (InputStream in = Files.newInputStream(content)) {
                in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            }
            String hash = hex(digest);
            line.after(json(path, Files.size(content), hash)).done();
            tell(Messages._FileDesk_written(ContainerFiles.shown(path), pod));
            return hash;
        } catch (IOException e) {
            line.failed(ContainerFiles.shown(path) + ": " + e.getMessage());
            throw e;
        }
    }

    /**
     * Copies a folder with all below it out, as a tar archive packed by gzip.
     *
     * @return what was copied, and how many pipes and devices were left out
     */
    public FolderArchive.Copied readFolder(String path, OutputStream to) throws IOException {
        return readFolder(path, to, new Passage());
    }

    /** The same; the passage is told what came out of the container, and may stop it. */
    public FolderArchive.Copied readFolder(String path, OutputStream to, Passage passage) throws IOException {
        AuditLine line = line("container.read");
        try {
            DigestOutputStream out = new DigestOutputStream(to, sha256());
            GZIPOutputStream packed = new GZIPOutputStream(out, 1 << 16);
            FolderArchive.Copied copied = files.readFolder(path, packed, MOST_BYTES, passage);
            packed.finish();
            line.after(json(path, copied, hex(out.getMessageDigest()))).done();
            return copied;
        } catch (IOException e) {
            line.failed(ContainerFiles.shown(path) + ": " + e.getMessage());
            throw e;
        }
    }

    /**
     * Unpacks a tar archive, packed by gzip or not, into a folder that is there; files of the same names are replaced.
     *
     * @return what was unpacked
     * @throws FileException of kind INPUT when the archive holds what would not stay in the folder, or anything but files, folders and links
     */
    public FolderArchive.Copied writeFolder(String path, Path archive) throws IOException {
        AuditLine line = line("container.write");
        Path clean = Files.createTempFile("shera-folder-", ".tar");
        try {
            FolderArchive.Copied copied;
            DigestInputStream in = new DigestInputStream(Files.newInputStream(archive), sha256());
            try (in;
                    OutputStream out = new BufferedOutputStream(Files.newOutputStream(clean))) {
                copied = FolderArchive.fromPerson(in, path, out, MOST_BYTES);
                in.transferTo(OutputStream.nullOutputStream());
            }
            files.writeFolder(path, clean);
            line.after(json(path, copied, hex(in.getMessageDigest()))).done();
            tell(Messages._FileDesk_unpacked(copied.files(), ContainerFiles.shown(path), pod));
            return copied;
        } catch (IOException e) {
            line.failed(ContainerFiles.shown(path) + ": " + e.getMessage());
            throw e;
        } finally {
            Files.delete(clean);
        }
    }

    private static String json(String path, FolderArchive.Copied copied, String hash) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("path", path)
                .put("files", copied.files())
                .put("size", copied.bytes())
                .put("sha256", hash)
                .toString();
    }

    /** One for all writers of a file, so that of two who saw the same content the second hears of the first. */
    private Object lock(String path) {
        return LOCKS[Math.floorMod((where + path).hashCode(), LOCKS.length)];
    }

    /** Removes a file, a link or an empty folder. */
    public void delete(String path) throws IOException {
        AuditLine line = line("container.delete");
        try {
            files.delete(path);
            line.after(json(path, 0, "")).done();
            tell(Messages._FileDesk_deleted(ContainerFiles.shown(path), pod));
        } catch (IOException e) {
            line.failed(ContainerFiles.shown(path) + ": " + e.getMessage());
            throw e;
        }
    }

    private String hash(String path) throws IOException {
        DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha256());
        files.read(path, out, MOST_BYTES);
        return hex(out.getMessageDigest());
    }

    private AuditLine line(String what) {
        return entry.line(what, pod);
    }

    private static String json(String path, long size, String hash) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("path", path).put("size", size);
        if (!hash.isEmpty()) {
            json.put("sha256", hash);
        }
        return json.toString();
    }

    private void tell(Localizable what) {
        entry.tell(TimelineEntry.Kind.TERMINAL, what, "");
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        host.close();
    }
}
