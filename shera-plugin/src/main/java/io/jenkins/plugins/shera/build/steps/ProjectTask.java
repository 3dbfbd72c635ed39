package io.jenkins.plugins.shera.build.steps;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.shera.build.sonar.ProjectSettings;
import io.jenkins.plugins.shera.build.sonar.SettingsScan;
import java.io.File;
import java.io.IOException;
import jenkins.MasterToSlaveFileCallable;

/** Reads on the agent what a project tells the scanner. */
final class ProjectTask extends MasterToSlaveFileCallable<ProjectSettings> {
    private static final long serialVersionUID = 1L;

    @Override
    public ProjectSettings invoke(File workspace, VirtualChannel channel) throws IOException {
        return SettingsScan.read(workspace.toPath().toRealPath());
    }
}
