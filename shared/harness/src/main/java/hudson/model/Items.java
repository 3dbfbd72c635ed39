package hudson.model;

import com.thoughtworks.xstream.XStream;
import hudson.XmlFile;
import hudson.util.XStream2;
import io.jenkins.plugins.shera.harness.items.ItemPaths;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import jenkins.model.Jenkins;

/** Reads items from disk and finds them by name. */
public class Items {
    /** Reads and writes configuration files of items. */
    public static final XStream2 XSTREAM2 = new XStream2();
    /** As {@link #XSTREAM2}. */
    public static final XStream XSTREAM = XSTREAM2;

    private static final ThreadLocal<Boolean> UPDATING = ThreadLocal.withInitial(() -> false);

    /** The kinds of items that people can make. */
    public static hudson.DescriptorExtensionList<TopLevelItem, TopLevelItemDescriptor> all() {
        return Jenkins.get().getDescriptorList(TopLevelItem.class);
    }

    /** The configuration file in a folder. */
    public static XmlFile getConfigFile(File dir) {
        return new XmlFile(XSTREAM, new File(dir, "config.xml"));
    }

    /** The configuration file of an item. */
    public static XmlFile getConfigFile(Item item) {
        return getConfigFile(item.getRootDir());
    }

    /** Reads an item. */
    public static Item load(ItemGroup parent, File dir) throws IOException {
        Item item = (Item) getConfigFile(dir).read();
        item.onLoad(parent, dir.getName());
        return item;
    }

    /** Makes a relative name absolute. */
    public static String getCanonicalName(ItemGroup context, String path) {
        Deque<String> names = new ArrayDeque<>();
        if (!path.startsWith("/")) {
            names.addAll(ItemPaths.split(context.getFullName()));
        }
        for (String name : path.split("/")) {
            if (name.equals("..")) {
                if (names.pollLast() == null) {
                    throw new IllegalArgumentException("cannot go above the top: " + path);
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return String.join("/", names);
    }

    /** Moves an item into another group. */
    public static <I extends AbstractItem & TopLevelItem> I move(
            I item, jenkins.model.DirectlyModifiableTopLevelItemGroup destination)
            throws IOException, IllegalArgumentException {
        jenkins.model.DirectlyModifiableTopLevelItemGroup source =
                (jenkins.model.DirectlyModifiableTopLevelItemGroup) item.getParent();
        String oldFullName = item.getFullName();
        String name = item.getName();
        if (destination.getItem(name) != null) {
            throw new IllegalArgumentException(name + " already exists");
        }
        if (!destination.canAdd(item)) {
            throw new IllegalArgumentException(name + " may not be put there");
        }
        File from = item.getRootDir();
        File to = destination.getRootDirFor(item);
        Files.createDirectories(to.getParentFile().toPath());
        Files.move(from.toPath(), to.toPath());
        source.remove(item);
        I moved = destination.add(item, name);
        item.movedTo(destination, moved, to);
        hudson.model.listeners.ItemListener.fireLocationChange(moved, oldFullName);
        return moved;
    }

    /** Runs code while configuration is being changed by a form or a file. */
    static <V> V whileUpdating(java.util.concurrent.Callable<V> body) throws Exception {
        boolean before = UPDATING.get();
        UPDATING.set(true);
        try {
            return body.call();
        } finally {
            UPDATING.set(before);
        }
    }

    /** Finds by absolute or relative name the item the current user may read. */
    static Item resolve(String path, ItemGroup context) {
        return ItemPaths.resolve(path, context == null ? Jenkins.get() : context);
    }
}
