package hudson;

import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.Callable;
import hudson.remoting.LocalChannel;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.shera.harness.files.FileTree;
import io.jenkins.plugins.shera.harness.remoting.Crossing;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import jenkins.util.VirtualFile;
import org.jenkinsci.remoting.RoleSensitive;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** A file on a machine; the harness has the controller only. */
public final class FilePath implements SerializableOnlyOverRemoting {
    private static final long serialVersionUID = 1L;

    /** The way to the controller itself. */
    public static final LocalChannel localChannel = new LocalChannel(Computer.threadPoolForRemoting);

    private final String remote;

    public FilePath(VirtualChannel channel, String remote) {
        this.remote = new File(remote).toPath().normalize().toString();
    }

    public FilePath(File localPath) {
        this(localChannel, localPath.getPath());
    }

    public FilePath(FilePath base, String rel) {
        this(localChannel, base.path().resolve(rel).toString());
    }

    private Path path() {
        return Path.of(remote);
    }

    public String getRemote() {
        return remote;
    }

    public VirtualChannel getChannel() {
        return localChannel;
    }

    public boolean isRemote() {
        return false;
    }

    public Computer toComputer() {
        return jenkins.model.Jenkins.get().toComputer();
    }

    public FilePath child(String relOrAbsolute) {
        return new FilePath(this, relOrAbsolute);
    }

    public FilePath sibling(String rel) {
        return getParent().child(rel);
    }

    public FilePath withSuffix(String suffix) {
        return new FilePath(localChannel, remote + suffix);
    }

    public FilePath getParent() {
        Path parent = path().getParent();
        return parent == null ? null : new FilePath(parent.toFile());
    }

    public String getName() {
        return String.valueOf(path().getFileName());
    }

    public String getBaseName() {
        String name = getName();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    public FilePath absolutize() throws IOException, InterruptedException {
        return new FilePath(path().toAbsolutePath().toFile());
    }

    /** Work on a file, done on its machine. */
    public interface FileCallable<T> extends Serializable, RoleSensitive {
        /** Does the work there. */
        T invoke(File f, VirtualChannel channel) throws IOException, InterruptedException;
    }

    /** Sends the work to the machine of the file, and waits. */
    public <T> T act(FileCallable<T> callable) throws IOException, InterruptedException {
        FileCallable<T> there = Crossing.copy(callable);
        return Crossing.copy(there.invoke(new File(remote), localChannel));
    }

    /** Sends the work to the machine of the file, and waits. */
    public <V, E extends Throwable> V act(Callable<V, E> callable) throws IOException, InterruptedException, E {
        return Crossing.call(callable);
    }

    public boolean exists() throws IOException, InterruptedException {
        return Files.exists(path());
    }

    public boolean isDirectory() throws IOException, InterruptedException {
        return Files.isDirectory(path());
    }

    public long length() throws IOException, InterruptedException {
        return path().toFile().length();
    }

    public long lastModified() throws IOException, InterruptedException {
        return path().toFile().lastModified();
    }

    public void mkdirs() throws IOException, InterruptedException {
        Files.createDirectories(path());
    }

    public boolean delete() throws IOException, InterruptedException {
        Files.deleteIfExists(path());
        return true;
    }

    public void deleteRecursive() throws IOException, InterruptedException {
        Util.deleteRecursive(path().toFile());
    }

    public void deleteContents() throws IOException, InterruptedException {
        Util.deleteContentsRecursive(path().toFile());
    }

    /** Opens for reading. */
    public InputStream read() throws IOException, InterruptedException {
        return Files.newInputStream(path());
    }

    public String readToString() throws IOException, InterruptedException {
        return Files.readString(path());
    }

    /** Opens for writing, making the folder when it is missing. */
    public OutputStream write() throws IOException, InterruptedException {
        Files.createDirectories(path().toAbsolutePath().getParent());
        return Files.newOutputStream(path());
    }

    /** Writes text, making the folder when it is missing; null for UTF-8. */
    public void write(String content, String encoding) throws IOException, InterruptedException {
        try (OutputStream out = write()) {
            out.write(content.getBytes(
                    encoding == null ? StandardCharsets.UTF_8 : java.nio.charset.Charset.forName(encoding)));
        }
    }

    public void touch(long timestamp) throws IOException, InterruptedException {
        if (!exists()) {
            Files.createFile(path());
        }
        Files.setLastModifiedTime(path(), FileTime.fromMillis(timestamp));
    }

    public void chmod(int mask) throws IOException, InterruptedException {
        FileTree.chmod(path(), mask);
    }

    public int mode() throws IOException, InterruptedException {
        return FileTree.mode(path());
    }

    public void renameTo(FilePath target) throws IOException, InterruptedException {
        Files.move(path(), target.path());
    }

    public void copyTo(FilePath target) throws IOException, InterruptedException {
        try (OutputStream out = target.write()) {
            copyTo(out);
        }
    }

    public void copyTo(OutputStream os) throws IOException, InterruptedException {
        Files.copy(path(), os);
    }

    public void copyFrom(InputStream in) throws IOException, InterruptedException {
        try (OutputStream out = write()) {
            in.transferTo(out);
        }
    }

    public void copyFrom(FilePath src) throws IOException, InterruptedException {
        src.copyTo(this);
    }

    /** Copies the files below this folder that the Ant pattern takes; how many. */
    public int copyRecursiveTo(String fileMask, FilePath target) throws IOException, InterruptedException {
        int count = 0;
        for (FilePath file : list(fileMask)) {
            file.copyTo(target.child(path().relativize(file.path()).toString()));
            count++;
        }
        return count;
    }

    /** What is in the folder. */
    public List<FilePath> list() throws IOException, InterruptedException {
        List<FilePath> found = new ArrayList<>();
        if (Files.isDirectory(path())) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path())) {
                entries.forEach(entry -> found.add(new FilePath(entry.toFile())));
            }
        }
        return found;
    }

    /** The folders in the folder. */
    public List<FilePath> listDirectories() throws IOException, InterruptedException {
        List<FilePath> found = new ArrayList<>();
        for (FilePath entry : list()) {
            if (entry.isDirectory()) {
                found.add(entry);
            }
        }
        return found;
    }

    /** The files below the folder that the Ant patterns take. */
    public FilePath[] list(String includes) throws IOException, InterruptedException {
        return list(includes, null);
    }

    /** The files below the folder that the Ant patterns take and leave. */
    public FilePath[] list(String includes, String excludes) throws IOException, InterruptedException {
        return FileTree.match(path(), includes, excludes).stream()
                .map(found -> new FilePath(found.toFile()))
                .toArray(FilePath[]::new);
    }

    public FilePath createTempFile(String prefix, String suffix) throws IOException, InterruptedException {
        return new FilePath(Files.createTempFile(path(), prefix, suffix).toFile());
    }

    public FilePath createTempDir(String prefix, String suffix) throws IOException, InterruptedException {
        return new FilePath(
                Files.createTempDirectory(path(), prefix + "." + suffix).toFile());
    }

    /** Writes the text to a new file in this folder. */
    public FilePath createTextTempFile(String prefix, String suffix, String contents)
            throws IOException, InterruptedException {
        FilePath file = createTempFile(prefix, suffix);
        file.write(contents, null);
        return file;
    }

    /** Starts processes on the machine of the file. */
    public Launcher createLauncher(TaskListener listener) throws IOException, InterruptedException {
        return new Launcher.LocalLauncher(listener);
    }

    public VirtualFile toVirtualFile() {
        return VirtualFile.forFile(new File(remote));
    }

    public URI toURI() throws IOException, InterruptedException {
        return path().toUri();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FilePath && remote.equals(((FilePath) o).remote);
    }

    @Override
    public int hashCode() {
        return remote.hashCode();
    }

    @Deprecated
    @Override
    public String toString() {
        return remote;
    }
}
