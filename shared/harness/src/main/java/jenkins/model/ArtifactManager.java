package jenkins.model;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.BuildListener;
import hudson.model.Run;
import java.io.IOException;
import java.util.Map;
import jenkins.util.VirtualFile;

/** Keeps the artifacts of one build. */
public abstract class ArtifactManager {
    /** Called when the build was read from disk. */
    public abstract void onLoad(Run<?, ?> build);

    /** Stores files of a workspace; keys are paths in the archive, values paths in the workspace. */
    public abstract void archive(
            FilePath workspace, Launcher launcher, BuildListener listener, Map<String, String> artifacts)
            throws IOException, InterruptedException;

    /** Deletes all; whether there was anything. */
    public abstract boolean delete() throws IOException, InterruptedException;

    /** The top of the archive. */
    public abstract VirtualFile root();
}
