package jenkins.util;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A file on the controller, never outside the root it was asked for. */
final class LocalFile extends VirtualFile {
    private static final long serialVersionUID = 1L;
    private final File file;
    private final transient Path root;

    LocalFile(File file, Path root) {
        this.file = file;
        this.root = root;
    }

    private boolean inside() {
        return file.toPath().toAbsolutePath().normalize().startsWith(root);
    }

    @Override
    public String getName() {
        return file.getName();
    }

    @Override
    public boolean isDirectory() {
        return inside() && file.isDirectory();
    }

    @Override
    public boolean isFile() {
        return inside() && file.isFile();
    }

    @Override
    public boolean exists() {
        return inside() && file.exists();
    }

    @Override
    public VirtualFile[] list() {
        String[] names = inside() ? file.list() : null;
        return names == null
                ? new VirtualFile[0]
                : Arrays.stream(names).map(this::child).toArray(VirtualFile[]::new);
    }

    @Override
    public VirtualFile child(String name) {
        return new LocalFile(new File(file, name), root);
    }

    @Override
    public long length() {
        return inside() ? file.length() : 0;
    }

    @Override
    public InputStream open() throws IOException {
        if (!inside()) {
            throw new FileNotFoundException(file + " is outside " + root);
        }
        return Files.newInputStream(file.toPath());
    }
}
