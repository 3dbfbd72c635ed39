package io.jenkins.plugins.shera.terminal.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import io.jenkins.plugins.shera.terminal.copy.CopyException;
import io.jenkins.plugins.shera.terminal.copy.DebugContainers;
import io.jenkins.plugins.shera.terminal.files.ContainerFiles;
import java.io.IOException;

/**
 * Ephemeral debug containers in the pods of an application in one environment, for a person who may use its terminals; close it.
 * The image is the cluster's, set by the platform; the rights are the tenant's.
 */
public final class DebugContainerDesk implements AutoCloseable {

    private final Entry entry;
    private final ClusterClient cluster;
    private final DebugContainers containers;

    private DebugContainerDesk(Entry entry) {
        this.entry = entry;
        this.cluster = entry.connect();
        this.containers = new DebugContainers(
                cluster.api(),
                entry.environment().getNamespace(),
                entry.application().getName());
    }

    /**
     * Opens it for the caller, who needs Terminal on the tenant's folder and is a person, never SYSTEM.
     *
     * @throws Refusal if the caller may not, or if what is named is not there
     */
    public static DebugContainerDesk open(String tenant, String application, String environment) {
        return new DebugContainerDesk(Entry.ofCaller(
                tenant, application, environment, "", SheraPermissions.TERMINAL, "debug-container.start"));
    }

    /**
     * Puts one into a pod.
     *
     * @param target the container whose processes it is to see; the environment's policy must let people into both
     * @return its name
     * @throws Refusal if it cannot be
     */
    public String start(String pod, String target) throws IOException {
        entry.checkContainer(target);
        entry.checkContainer(DebugContainers.PREFIX + "x");
        EngineDoor.checkPod(pod);
        String image = image();
        AuditLine line = entry.line("debug-container.start", ContainerFiles.shown(pod));
        String name;
        try {
            name = containers.start(pod, target, image);
        } catch (CopyException e) {
            Refusal no = CopyDesk.refusal(Messages.DebugContainerDesk_not(), e, pod + "/" + target);
            line.refused(no.getMessage());
            throw no;
        } catch (IOException e) {
            line.failed(e.getMessage());
            throw e;
        }
        line.after(JsonNodeFactory.instance
                        .objectNode()
                        .put("container", name)
                        .put("beside", target)
                        .put("image", image)
                        .toString())
                .done();
        entry.tell(TimelineEntry.Kind.TERMINAL, Messages._DebugContainerDesk_started(pod, target), name);
        return name;
    }

    private String image() {
        KubernetesCluster known =
                SheraConfiguration.get().cluster(entry.environment().getCluster());
        String image = known == null ? "" : known.getDebugImage();
        if (image.isEmpty()) {
            throw Refusal.conflict(
                    "cluster " + entry.environment().getCluster(),
                    Messages.DebugContainerDesk_image(),
                    Messages.DebugContainerDesk_image_next());
        }
        return image;
    }

    /** How one is. */
    public DebugContainers.Progress look(String pod, String name) throws IOException {
        return containers.look(pod, name);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
