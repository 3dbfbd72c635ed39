package io.jenkins.plugins.shera.terminal.desk;

import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.pack.ChangeFinder;
import io.jenkins.plugins.shera.terminal.pack.Changes;
import io.jenkins.plugins.shera.terminal.pack.ContainerShell;
import io.jenkins.plugins.shera.terminal.pack.EngineSource;
import io.jenkins.plugins.shera.terminal.pack.FileSource;
import io.jenkins.plugins.shera.terminal.pack.Origin;
import io.jenkins.plugins.shera.terminal.pack.PodOrigin;
import io.jenkins.plugins.shera.terminal.pack.PodShell;
import io.jenkins.plugins.shera.terminal.pack.ShellSource;
import java.io.IOException;

/** A container of a pod, compared with its image by its own programs. */
final class ClusterContents implements PackageSource {
    private final Entry entry;
    private final ClusterClient cluster;
    private final PodOrigin origin;
    private final ContainerShell shell;

    ClusterContents(Entry entry, String pod, String container) throws IOException {
        this.entry = entry;
        this.cluster = entry.connect();
        try {
            this.origin = PodOrigin.of(cluster.api(), entry.environment().getNamespace(), pod, container);
            this.shell = new PodShell(cluster.api(), cluster.exec(), origin);
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public Image image() throws IOException {
        ImageReference reference = origin.image();
        ImageTarget home = PackageSource.repository(entry.tenant(), reference)
                .orElseThrow(() -> Refusal.input(
                        reference.toString(),
                        Messages.PackageDesk_registry(
                                reference.domain().orElse(""), entry.tenant().getId()),
                        Messages.PackageDesk_registry_next()));
        return Image.read(
                home, reference.digest().orElseThrow().toString(), Platform.ofThisMachine(), PackageSource.known());
    }

    @Override
    public Changes changes(EngineSource.Files image) throws IOException {
        return new ChangeFinder(shell, image.read(), origin.started()).find();
    }

    @Override
    public FileSource files() {
        return new ShellSource(shell);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
