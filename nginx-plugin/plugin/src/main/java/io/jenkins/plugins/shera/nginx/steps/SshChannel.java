package io.jenkins.plugins.shera.nginx.steps;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import hudson.model.Computer;
import hudson.util.Secret;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.ssh.HostKey;
import io.jenkins.plugins.shera.nginx.ssh.Login;
import io.jenkins.plugins.shera.nginx.ssh.SshNode;
import io.jenkins.plugins.shera.nginx.work.NodeWork;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;

/** To a machine that is reached by SSH from Jenkins itself. */
final class SshChannel implements NodeChannel {
    /** Longer than a machine needs to come back on its network, shorter than anybody waits for a push. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final SshNode node;

    private SshChannel(SshNode node) {
        this.node = node;
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
            return new SshChannel(new SshNode(login, settings.place(), PATIENCE));
        } catch (Refusal e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public <T> T call(NodeWork<T> work) throws IOException, InterruptedException {
        return node.run(work);
    }

    @Override
    public <T> Future<T> callAsync(NodeWork<T> work) {
        return Computer.threadPoolForRemoting.submit(() -> node.run(work));
    }
}
