package jenkins.util;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/** A file that may be elsewhere; read only. */
public abstract class VirtualFile implements Comparable<VirtualFile>, Serializable {
    private static final long serialVersionUID = 1L;

    public abstract String getName();

    public abstract boolean isDirectory() throws IOException;

    public abstract boolean isFile() throws IOException;

    public abstract boolean exists() throws IOException;

    public abstract VirtualFile[] list() throws IOException;

    public abstract VirtualFile child(String name);

    public abstract long length() throws IOException;

    public abstract InputStream open() throws IOException;

    /** Of a local file. */
    public static VirtualFile forFile(File f) {
        return new LocalFile(f, f.toPath().toAbsolutePath().normalize());
    }

    @Override
    public int compareTo(VirtualFile o) {
        return getName().compareToIgnoreCase(o.getName());
    }
}
