package io.jenkins.plugins.shera.build.steps;

import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.shera.build.image.BaseImage;
import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageIndex;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.image.RawManifest;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/** Makes one name of images for several platforms, which are in the registry already; can be carried out again. */
final class IndexTask extends MasterToSlaveFileCallable<ImageTask.Report> {
    private static final long serialVersionUID = 1L;

    private final BuildOrder order;
    private final Destination destination;
    private final ArrayList<ImageTask.Report> images;
    private final ArrayList<String> tags;
    private final TaskListener listener;

    /** The images are in the order of the platforms asked for. */
    IndexTask(
            BuildOrder order,
            Destination destination,
            List<ImageTask.Report> images,
            List<String> tags,
            TaskListener listener) {
        this.order = order;
        this.destination = destination;
        this.images = new ArrayList<>(images);
        this.tags = new ArrayList<>(tags);
        this.listener = listener;
    }

    @Override
    public ImageTask.Report invoke(File workspace, VirtualChannel channel) throws IOException {
        ImageTarget target = destination.repository(order.image);
        Map<Descriptor, Platform> manifests = new LinkedHashMap<>();
        long size = 0;
        long sent = 0;
        List<MadeSbom> sboms = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            RawManifest manifest = target.manifest(images.get(i).digest());
            manifests.put(
                    new Descriptor(manifest.mediaType(), manifest.digest(), manifest.content().length),
                    order.options().platforms().get(i));
            size += images.get(i).size();
            sent += images.get(i).sent();
            sboms.addAll(images.get(i).sboms());
        }
        RawManifest index = ImageIndex.of(manifests);
        Optional<Digest> made = Optional.of(index.digest());
        for (String tag : tags) {
            if (!target.resolve(tag).equals(made)) {
                target.putManifest(tag, index);
            }
        }
        ImageTask.warnOfMoved(target, tags, index.digest(), listener);
        BaseImage base = images.get(0).base();
        boolean same = images.stream().allMatch(image -> image.base().isSame(base));
        return new ImageTask.Report(
                index.digest().toString(), size + index.content().length, sent, sboms, same ? base : BaseImage.UNKNOWN);
    }
}
