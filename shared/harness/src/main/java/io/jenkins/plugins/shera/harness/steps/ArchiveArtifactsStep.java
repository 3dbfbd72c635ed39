package io.jenkins.plugins.shera.harness.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.BuildListener;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code archiveArtifacts 'target/*.jar'}: keeps files of the workspace with the build. */
public final class ArchiveArtifactsStep extends Step {
    private final String artifacts;
    private String excludes;
    private boolean allowEmptyArchive;
    private boolean fingerprint;

    @DataBoundConstructor
    public ArchiveArtifactsStep(String artifacts) {
        this.artifacts = artifacts;
    }

    public String getArtifacts() {
        return artifacts;
    }

    public String getExcludes() {
        return excludes;
    }

    @DataBoundSetter
    public void setExcludes(String excludes) {
        this.excludes = excludes;
    }

    public boolean isAllowEmptyArchive() {
        return allowEmptyArchive;
    }

    @DataBoundSetter
    public void setAllowEmptyArchive(boolean allowEmptyArchive) {
        this.allowEmptyArchive = allowEmptyArchive;
    }

    public boolean isFingerprint() {
        return fingerprint;
    }

    /** Taken for the sake of scripts; the harness keeps no fingerprints. */
    @DataBoundSetter
    public void setFingerprint(boolean fingerprint) {
        this.fingerprint = fingerprint;
    }

    @Override
    public StepExecution start(StepContext context) {
        String includes = artifacts;
        String without = excludes;
        boolean emptyIsFine = allowEmptyArchive;
        return Work.aside(context, c -> {
            FilePath workspace = c.get(FilePath.class);
            TaskListener listener = c.get(TaskListener.class);
            listener.getLogger().println("Archiving artifacts");
            Map<String, String> files = new LinkedHashMap<>();
            for (FilePath file : workspace.list(includes, without)) {
                String path = file.getRemote().substring(workspace.getRemote().length() + 1);
                files.put(path, path);
            }
            if (!files.isEmpty()) {
                c.get(Run.class)
                        .pickArtifactManager()
                        .archive(workspace, c.get(Launcher.class), (BuildListener) listener, files);
            } else if (!emptyIsFine) {
                throw new AbortException(
                        "No artifacts found that match the file pattern \"" + includes + "\". Configuration error?");
            }
            return null;
        });
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super(
                    "archiveArtifacts",
                    "Archive the artifacts",
                    false,
                    FilePath.class,
                    Launcher.class,
                    Run.class,
                    TaskListener.class);
        }
    }
}
