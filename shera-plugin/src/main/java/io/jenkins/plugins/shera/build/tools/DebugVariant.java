package io.jenkins.plugins.shera.build.tools;

import io.jenkins.plugins.shera.build.image.LayerListings;
import io.jenkins.plugins.shera.build.image.SbomMaker;
import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Quoted;
import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.statement.ImageLabels;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An image with tool bundles as its last layers: it shares all layers of the image, whose start command and own files stay
 * as they are, since a bundle may add files below {@code /opt/shera} only. For one build by one thread.
 */
public final class DebugVariant {
    /** The label that lists the bundles, {@code name@sha256:...} by blanks apart. */
    public static final String LABEL = ImageLabels.DEBUG_TOOLS;
    /** What is put behind the tag of the image. */
    public static final String SUFFIX = "-debug";

    private static final String ROOT = "opt/shera";
    private static final String COMMANDS = "/" + ROOT + "/bin";
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int MOST_LAYERS = 127;
    private static final int SET_ID = 06000;
    private static final Set<TarEntry.Kind> KINDS =
            EnumSet.of(TarEntry.Kind.FILE, TarEntry.Kind.FOLDER, TarEntry.Kind.SYMLINK, TarEntry.Kind.HARD_LINK);

    private final LayerListings listings;
    private final ImagePush push;
    private final ImageConfig config;
    private final Image app;
    private final List<String> names = new ArrayList<>();
    private final Map<String, String> owners = new HashMap<>();
    private int layers;

    /** Begins with the image as it stands in its registry. */
    public DebugVariant(Image app, LayerListings listings) {
        this.app = app;
        this.listings = listings;
        this.push = new ImagePush().on(app);
        this.config = app.config();
        this.layers = app.manifest().layers().size();
    }

    /** Puts a bundle on top; what is not for the image's platform, or holds more than added files, is refused. */
    public void add(ToolBundle bundle, Image content) throws IOException {
        if (!app.config().platform().accepts(content.config().platform())) {
            throw refused(
                    bundle,
                    "it is for " + content.config().platform() + ", the image for "
                            + app.config().platform() + ": take the bundle of that platform.");
        }
        List<Digest> unpacked = content.config().diffIds();
        for (int i = 0; i < unpacked.size(); i++) {
            check(bundle, content, content.manifest().layers().get(i));
            config.addLayer(unpacked.get(i), "debug tools " + bundle);
        }
        layers += unpacked.size();
        if (layers > MOST_LAYERS) {
            throw refused(bundle, "the image would have more than " + MOST_LAYERS + " layers.");
        }
        push.on(content);
        names.add(bundle.toString());
    }

    private void check(ToolBundle bundle, Image content, Descriptor layer) throws IOException {
        for (TarEntry entry : listings.of(content, layer).entries()) {
            String name = entry.name();
            if (!name.equals(ROOT) && !name.startsWith(ROOT + "/")) {
                throw refused(bundle, "it holds /" + name + ", and may hold files below /" + ROOT + " only.");
            }
            if (!KINDS.contains(entry.kind()) || (entry.mode() & SET_ID) != 0) {
                throw refused(bundle, "it holds /" + name + ", a device, or a program that changes its user.");
            }
            if (EntryNames.last(name).startsWith(EntryNames.WHITEOUT)) {
                throw refused(bundle, "it hides files of the image by /" + name + ".");
            }
            if (entry.kind() == TarEntry.Kind.HARD_LINK && !entry.link().startsWith(ROOT + "/")) {
                throw refused(bundle, "it links /" + name + " to /" + entry.link() + ", outside of it.");
            }
            String other = entry.kind() == TarEntry.Kind.FOLDER ? null : owners.put(name, bundle.name());
            if (other != null && !other.equals(bundle.name())) {
                throw refused(bundle, "it holds /" + name + ", which " + other + " holds too: leave one of them out.");
            }
        }
    }

    private static IOException refused(ToolBundle bundle, String why) {
        return new IOException("The tool bundle " + bundle.name() + " ("
                + Quoted.of(bundle.image().toString()) + ") is refused: " + why);
    }

    /** Brings the variant there; all that the image has is there already, and is not sent. */
    public Manifest pushTo(ImageTarget target, List<String> tags) throws IOException {
        Map<String, String> labels = config.labels();
        labels.put(LABEL, String.join(" ", names));
        config.labels(labels);
        Map<String, String> environment = config.environment();
        String path = environment.getOrDefault("PATH", USUAL_PATH);
        if (!List.of(path.split(":")).contains(COMMANDS)) {
            environment.put("PATH", path + ":" + COMMANDS);
        }
        config.environment(environment);
        return push.to(target, tags, config);
    }

    /** The SBOM of the variant as it was pushed. */
    public byte[] sbom(SbomMaker maker) throws IOException {
        return maker.write(push, push.manifest(config), Map.of());
    }

    /** Bytes that {@link #pushTo} had to send. */
    public long bytesSent() {
        return push.bytesSent();
    }
}
