package io.jenkins.plugins.shera.build.steps;

import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.shera.build.projects.Uploads;
import io.jenkins.plugins.shera.build.source.Revision;
import io.jenkins.plugins.shera.build.template.PomVersion;
import io.jenkins.plugins.shera.build.template.TagTemplate;
import io.jenkins.plugins.shera.build.template.UsualDockerfile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jenkins.MasterToSlaveFileCallable;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a build adds to the workspace of its own: an uploaded file, a Dockerfile; and the tags. */
final class Recipe {
    private static final String FOLDER = ".shera";

    private final SheraBuildOrder order;
    private final Run<?, ?> run;
    private final FilePath workspace;
    private final TaskListener listener;

    Recipe(SheraBuildOrder order, StepContext context) throws IOException, InterruptedException {
        this.order = order;
        this.run = context.get(Run.class);
        this.workspace = context.get(FilePath.class);
        this.listener = context.get(TaskListener.class);
    }

    /** Puts the uploaded file into an otherwise empty workspace. */
    Revision unpackUploaded() throws IOException, InterruptedException {
        workspace.mkdirs();
        workspace.deleteContents();
        String name = order.artifact.substring(order.artifact.indexOf('/') + 1);
        FilePath folder = workspace.child("target");
        folder.mkdirs();
        try (InputStream in = Uploads.get().open(order.image.tenant, order.artifact)) {
            folder.child(name).copyFrom(in);
        }
        listener.getLogger().println("The source is the uploaded file " + name);
        return new Revision("", 0, false);
    }

    /** The path of the Dockerfile to build by; one of our own is written anew right before. */
    String dockerfile() throws IOException, InterruptedException {
        FilePath own = workspace.child(FOLDER);
        own.deleteRecursive();
        boolean usual = order.recipe.text == null
                && !order.recipe.named
                && !workspace.child(order.image.dockerfile).exists();
        if (order.recipe.text == null && !usual) {
            return order.image.dockerfile;
        }
        String text = usual ? workspace.act(new UsualTask(order.recipe.base)) : order.recipe.text + "\n";
        own.mkdirs();
        own.child("Dockerfile").write(text, "UTF-8");
        if (usual) {
            listener.getLogger().println("The source has no Dockerfile; this one is used:");
            text.lines().forEach(line -> listener.getLogger().println("  | " + line));
        }
        return FOLDER + "/Dockerfile";
    }

    /** The tags, with what they hold of branch, commit, build and version filled in. */
    List<String> tags(Revision revision) throws IOException, InterruptedException {
        String commit = revision.commit().isEmpty() ? "" : revision.commit().substring(0, 12);
        if (order.tags == null) {
            return List.of(commit.isEmpty() ? "build-" + run.getNumber() : commit);
        }
        Map<String, String> values = new HashMap<>();
        values.put("branch", order.branch == null ? "latest" : order.branch.replaceFirst("^refs/(heads|tags)/", ""));
        values.put("commit", commit);
        values.put("build", String.valueOf(run.getNumber()));
        values.put("version", order.tags.contains("${version}") ? workspace.act(new VersionTask()) : "");
        return TagTemplate.expand(order.tags, values);
    }

    private static final class UsualTask extends MasterToSlaveFileCallable<String> {
        private static final long serialVersionUID = 1L;
        private final String base;

        UsualTask(String base) {
            this.base = base;
        }

        @Override
        public String invoke(File workspace, VirtualChannel channel) throws IOException {
            return UsualDockerfile.write(workspace.toPath().toRealPath(), base);
        }
    }

    private static final class VersionTask extends MasterToSlaveFileCallable<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String invoke(File workspace, VirtualChannel channel) throws IOException {
            return PomVersion.read(workspace.toPath().toRealPath());
        }
    }
}
