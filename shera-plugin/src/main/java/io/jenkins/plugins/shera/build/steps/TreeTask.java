package io.jenkins.plugins.shera.build.steps;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.shera.build.sonar.TreeDigest;
import java.io.File;
import java.io.IOException;
import jenkins.MasterToSlaveFileCallable;

/** Takes on the agent the digest of a workspace. */
final class TreeTask extends MasterToSlaveFileCallable<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String invoke(File workspace, VirtualChannel channel) throws IOException {
        return TreeDigest.of(workspace.toPath().toRealPath());
    }
}
