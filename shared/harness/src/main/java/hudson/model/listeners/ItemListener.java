package hudson.model.listeners;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ItemGroup;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Is told what happens to items. */
public class ItemListener implements ExtensionPoint {
    private static final Logger LOGGER = Logger.getLogger(ItemListener.class.getName());

    public void onCreated(Item item) {}

    public void onCopied(Item src, Item item) {
        onCreated(item);
    }

    /** Called once all items are there. */
    public void onLoaded() {}

    /** May refuse the deletion. */
    public void onCheckDelete(Item item) throws Failure {}

    public void onDeleted(Item item) {}

    public void onRenamed(Item item, String oldName, String newName) {}

    /** Called for the item and everything in it after a rename or move. */
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {}

    public void onUpdated(Item item) {}

    public void onBeforeShutdown() {}

    public static ExtensionList<ItemListener> all() {
        return ExtensionList.lookup(ItemListener.class);
    }

    private static void each(Consumer<ItemListener> call) {
        for (ItemListener listener : all()) {
            try {
                call.accept(listener);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "failed to send event to listener of " + listener.getClass(), e);
            }
        }
    }

    public static void fireOnCreated(Item item) {
        each(l -> l.onCreated(item));
    }

    public static void fireOnCopied(Item src, Item result) {
        each(l -> l.onCopied(src, result));
    }

    public static void fireOnUpdated(Item item) {
        each(l -> l.onUpdated(item));
    }

    public static void fireOnDeleted(Item item) {
        each(l -> l.onDeleted(item));
    }

    public static void checkBeforeDelete(Item item) throws Failure {
        for (ItemListener listener : all()) {
            listener.onCheckDelete(item);
        }
    }

    /** Tells of a new full name, for the item and everything in it. */
    public static void fireLocationChange(Item rootItem, String oldFullName) {
        String newFullName = rootItem.getFullName();
        int slashOld = oldFullName.lastIndexOf('/');
        int slashNew = newFullName.lastIndexOf('/');
        String oldParent = slashOld < 0 ? "" : oldFullName.substring(0, slashOld);
        String newParent = slashNew < 0 ? "" : newFullName.substring(0, slashNew);
        if (oldParent.equals(newParent)) {
            each(l -> l.onRenamed(rootItem, oldFullName.substring(slashOld + 1), newFullName.substring(slashNew + 1)));
        }
        each(l -> l.onLocationChanged(rootItem, oldFullName, newFullName));
        if (rootItem instanceof ItemGroup) {
            for (Item child : ((ItemGroup<?>) rootItem).getAllItems()) {
                String now = child.getFullName();
                each(l -> l.onLocationChanged(child, oldFullName + now.substring(newFullName.length()), now));
            }
        }
    }
}
