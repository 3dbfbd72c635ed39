package io.jenkins.plugins.shera.build.steps;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.shera.build.sonar.MavenFindings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import jenkins.MasterToSlaveFileCallable;

/** Reads on the agent what the scanner for Maven found, and writes there what the scanner may know of it. */
final class FindingsTask extends MasterToSlaveFileCallable<MavenFindings> {
    private static final long serialVersionUID = 1L;

    private final String from;
    private final String to;
    private final TreeMap<String, String> said;

    FindingsTask(String from, String to, Map<String, String> said) {
        this.from = from;
        this.to = to;
        this.said = new TreeMap<>(said);
    }

    @Override
    public MavenFindings invoke(File workspace, VirtualChannel channel) throws IOException {
        MavenFindings findings = MavenFindings.read(Path.of(from), workspace.toPath(), said);
        findings.write(Path.of(to));
        return findings;
    }
}
