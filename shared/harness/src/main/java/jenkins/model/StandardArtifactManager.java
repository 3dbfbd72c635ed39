package jenkins.model;

import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.BuildListener;
import hudson.model.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jenkins.util.VirtualFile;

/** Keeps artifacts in the folder of the build. */
public class StandardArtifactManager extends ArtifactManager {
    /** The build. */
    protected transient Run<?, ?> build;

    public StandardArtifactManager(Run<?, ?> build) {
        onLoad(build);
    }

    @Override
    public final void onLoad(Run<?, ?> build) {
        this.build = build;
    }

    @Override
    public void archive(FilePath workspace, Launcher launcher, BuildListener listener, Map<String, String> artifacts)
            throws IOException, InterruptedException {
        Path root = dir();
        for (Map.Entry<String, String> artifact : artifacts.entrySet()) {
            Path target = root.resolve(artifact.getKey()).normalize();
            if (!target.startsWith(root)) {
                throw new IOException("refusing to archive outside the build: " + artifact.getKey());
            }
            Files.createDirectories(target.getParent());
            try (InputStream in = workspace.child(artifact.getValue()).read()) {
                Files.copy(in, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Override
    public final boolean delete() throws IOException, InterruptedException {
        boolean was = Files.exists(dir());
        Util.deleteRecursive(dir().toFile());
        return was;
    }

    @Override
    public VirtualFile root() {
        return VirtualFile.forFile(dir().toFile());
    }

    private Path dir() {
        return build.getRootDir().toPath().resolve("archive").toAbsolutePath().normalize();
    }
}
