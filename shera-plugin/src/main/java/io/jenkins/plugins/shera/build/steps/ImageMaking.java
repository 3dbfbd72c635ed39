package io.jenkins.plugins.shera.build.steps;

import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.shera.build.builders.BuilderChoice;
import io.jenkins.plugins.shera.build.builders.BuilderKind;
import io.jenkins.plugins.shera.build.builders.ImageProgram;
import io.jenkins.plugins.shera.build.builders.ProgramBuild;
import io.jenkins.plugins.shera.build.builders.ProgramOrder;
import io.jenkins.plugins.shera.build.builders.RegistryFiles;
import io.jenkins.plugins.shera.build.process.Programs;
import io.jenkins.plugins.shera.build.quality.QualityVerdict;
import io.jenkins.plugins.shera.build.source.Revision;
import io.jenkins.plugins.shera.oci.image.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the image by the builder asked for, or by one that can, for each platform asked for, and pushes it. */
final class ImageMaking {
    private final BuildOrder order;
    private final FilePath workspace;
    private final TaskListener listener;
    private final Programs programs;
    private final Map<String, String> environment;
    private final String cookie;
    private final SbomWork sbom;

    ImageMaking(
            BuildOrder order,
            FilePath workspace,
            TaskListener listener,
            Programs programs,
            Map<String, String> environment,
            String cookie,
            SbomWork sbom) {
        this.sbom = sbom;
        this.order = order;
        this.workspace = workspace;
        this.listener = listener;
        this.programs = programs;
        this.environment = environment;
        this.cookie = cookie;
    }

    /** Where a program's files stand while it builds; nobody but the agent's user may enter. */
    static FilePath folder(FilePath workspace, String cookie) {
        return WorkspaceList.tempDir(workspace).child("builder-" + cookie);
    }

    ImageTask.Report carryOut(Revision revision, List<String> tags, QualityVerdict quality, Destination destination)
            throws IOException, InterruptedException {
        RecipeLook.Found found = workspace.act(new RecipeLook(order));
        BuilderKind kind = BuilderChoice.choose(order.options().builder, found.refusal, wanted -> new ProgramBuild(
                        ImageProgram.of(wanted), programs, environment)
                .isThere());
        listener.getLogger().println("Building by " + kind.text());
        List<Platform> platforms = order.options().platforms();
        if (platforms.size() < 2) {
            return one(
                    kind, found, platforms.isEmpty() ? null : platforms.get(0), revision, tags, quality, destination);
        }
        List<ImageTask.Report> images = new ArrayList<>();
        for (Platform platform : platforms) {
            listener.getLogger().println("For " + platform + ":");
            images.add(one(kind, found, platform, revision, List.of(), quality, destination));
        }
        return workspace.act(new IndexTask(order, destination, images, tags, listener));
    }

    private ImageTask.Report one(
            BuilderKind kind,
            RecipeLook.Found found,
            Platform platform,
            Revision revision,
            List<String> tags,
            QualityVerdict quality,
            Destination destination)
            throws IOException, InterruptedException {
        String own = WorkspaceList.tempDir(workspace).getRemote();
        FilePath folder = folder(workspace, cookie);
        try {
            String archive = kind == BuilderKind.DAEMONLESS ? null : byProgram(kind, found, platform, destination);
            return workspace.act(new ImageTask(
                    order,
                    found,
                    platform,
                    archive,
                    revision,
                    quality,
                    destination,
                    tags,
                    own,
                    cookie,
                    sbom,
                    listener));
        } finally {
            if (kind != BuilderKind.DAEMONLESS) {
                folder.deleteRecursive();
            }
        }
    }

    private String byProgram(BuilderKind kind, RecipeLook.Found found, Platform platform, Destination destination)
            throws IOException, InterruptedException {
        FilePath folder = folder(workspace, cookie);
        folder.deleteRecursive();
        folder.mkdirs();
        folder.chmod(0700);
        Map<String, String> files = RegistryFiles.of(destination.known());
        for (Map.Entry<String, String> file : files.entrySet()) {
            FilePath path = folder.child(file.getKey());
            path.touch(0);
            path.chmod(0600);
            path.write(file.getValue(), "UTF-8");
        }
        ProgramOrder program = new ProgramOrder(
                found.file,
                found.context,
                found.ignoreFile,
                order.options().target,
                platform,
                order.buildArgs,
                folder.getRemote(),
                "localhost/shera-build-" + cookie,
                files.keySet());
        new ProgramBuild(ImageProgram.of(kind), programs, environment).carryOut(program);
        return program.archive();
    }
}
