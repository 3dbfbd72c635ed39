package io.jenkins.plugins.shera.nginx.steps;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.difflib.DiffUtils;
import hudson.model.Computer;
import hudson.util.Secret;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.work.NodeErrand;
import io.jenkins.plugins.shera.nginx.work.NodePlace;
import io.jenkins.plugins.shera.nginx.work.NodeWork;
import io.jenkins.plugins.shera.nodes.ssh.HostKey;
import io.jenkins.plugins.shera.nodes.ssh.Login;
import io.jenkins.plugins.shera.nodes.ssh.NodeProgram;
import io.jenkins.plugins.shera.nodes.ssh.SshNode;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;

/** To a machine that is reached by SSH from Jenkins itself. */
final class SshChannel implements NodeChannel {
    /** Longer than a machine needs to come back on its network, shorter than anybody waits for a push. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final NodeProgram PROGRAM = new NodeProgram(
            "shera-nginx",
            List.of(NodeErrand.class, ObjectMapper.class, JsonFactory.class, JsonProperty.class, DiffUtils.class));

    private final SshNode node;
    private final NodePlace place;

    private SshChannel(SshNode node, NodePlace place) {
        this.node = node;
        this.place = place;
    }

    static SshChannel of(NginxNodeSettings settings) throws IOException {
        try {
            SSHUserPrivateKey key = CredentialLookup.atTop(SSHUserPrivateKey.class, settings.getCredentialsId());
            Login login = new Login(
                    settings.getHost(),
                    settings.getSshPort(),
                    key.getUsername(),
                    key.getPrivateKeys(),
                    Secret.toString(key.getPassphrase()),
                    HostKey.of(settings.getHostKey()).orElse(null),
                    settings.getJava());
            return new SshChannel(new SshNode(login, PROGRAM, PATIENCE), settings.place());
        } catch (Refusal e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public <T> T call(NodeWork<T> work) throws IOException, InterruptedException {
        return node.run(new NodeErrand<>(place, work));
    }

    @Override
    public <T> Future<T> callAsync(NodeWork<T> work) {
        return Computer.threadPoolForRemoting.submit(() -> call(work));
    }
}
