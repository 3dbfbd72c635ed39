package io.jenkins.plugins.shera.harness.pages;

import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jenkins.util.VirtualFile;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One archived file of a build. */
@ExportedBean(defaultVisibility = 3)
public final class ArtifactFile {
    private static final int SHOWN = 200;
    private final String path;
    private final long size;

    private ArtifactFile(String path, long size) {
        this.path = path;
        this.size = size;
    }

    /** The first 200. */
    static List<ArtifactFile> of(Run<?, ?> run) throws IOException {
        List<ArtifactFile> files = new ArrayList<>();
        VirtualFile root = run.getArtifactManager().root();
        if (!root.isDirectory()) {
            return files;
        }
        collect(root, "", files);
        return files;
    }

    private static void collect(VirtualFile folder, String prefix, List<ArtifactFile> files) throws IOException {
        VirtualFile[] children = folder.list();
        Arrays.sort(children);
        for (VirtualFile child : children) {
            if (files.size() == SHOWN) {
                return;
            }
            if (child.isDirectory()) {
                collect(child, prefix + child.getName() + "/", files);
            } else {
                files.add(new ArtifactFile(prefix + child.getName(), child.length()));
            }
        }
    }

    @Exported
    public String getRelativePath() {
        return path;
    }

    @Exported
    public String getFileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** In bytes. */
    public long getLength() {
        return size;
    }
}
