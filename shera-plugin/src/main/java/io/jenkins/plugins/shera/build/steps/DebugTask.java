package io.jenkins.plugins.shera.build.steps;

import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.shera.build.image.LayerListings;
import io.jenkins.plugins.shera.build.tools.DebugVariant;
import io.jenkins.plugins.shera.build.tools.ToolBundle;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.MasterToSlaveFileCallable;

/** Puts debug tools on top of an image that was pushed, on the agent; can be carried out again like {@link ImageTask}. */
final class DebugTask extends MasterToSlaveFileCallable<ImageTask.Report> {
    private static final long serialVersionUID = 1L;

    private final BuildOrder order;
    private final ImageTask.Report made;
    private final Destination destination;
    private final ArrayList<String> tags;
    private final String folder;
    private final SbomWork sbom;
    private final TaskListener listener;

    /** {@code made} is the image, {@code tags} are the variant's, {@code folder} may be kept from build to build. */
    DebugTask(
            BuildOrder order,
            ImageTask.Report made,
            Destination destination,
            List<String> tags,
            String folder,
            SbomWork sbom,
            TaskListener listener) {
        this.sbom = sbom;
        this.order = order;
        this.made = made;
        this.destination = destination;
        this.tags = new ArrayList<>(tags);
        this.folder = folder;
        this.listener = listener;
    }

    @Override
    public ImageTask.Report invoke(File workspace, VirtualChannel channel) throws IOException {
        ImageTarget target = destination.repository(order.image);
        List<Platform> platforms = order.options().platforms();
        Platform platform = platforms.isEmpty() ? Platform.ofThisMachine() : platforms.get(0);
        LayerListings listings = new LayerListings(
                Path.of(folder, "base-listings"), line -> listener.getLogger().println(line));
        DebugVariant variant = new DebugVariant(Image.read(target, made.digest(), platform), listings);
        for (ToolBundle bundle : order.tools()) {
            listener.getLogger().println("Adding the debug tools " + bundle);
            variant.add(bundle, destination.find(bundle.image(), platform));
        }
        Manifest manifest = variant.pushTo(target, tags);
        ImageTask.warnOfMoved(target, tags, manifest.digest(), listener);
        return new ImageTask.Report(
                manifest.digest().toString(),
                manifest.size(),
                variant.bytesSent(),
                sbom.carryOut(target, destination.reference(order.image), manifest.digest(), variant::sbom),
                made.base());
    }
}
