package hudson.model.listeners;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.XmlFile;
import hudson.model.Saveable;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Is told when something was saved. */
public abstract class SaveableListener implements ExtensionPoint {
    public void onChange(Saveable o, XmlFile file) {}

    public void onDeleted(Saveable o, XmlFile file) {}

    /** Tells all listeners. */
    public static void fireOnChange(Saveable o, XmlFile file) {
        if (jenkins.model.Jenkins.getInstanceOrNull() == null) {
            return;
        }
        for (SaveableListener l : all()) {
            try {
                l.onChange(o, file);
            } catch (RuntimeException e) {
                Logger.getLogger(SaveableListener.class.getName()).log(Level.WARNING, "failed to notify " + l, e);
            }
        }
    }

    /** Tells all listeners that the file is gone. */
    public static void fireOnDeleted(Saveable o, XmlFile file) {
        if (jenkins.model.Jenkins.getInstanceOrNull() == null) {
            return;
        }
        for (SaveableListener l : all()) {
            try {
                l.onDeleted(o, file);
            } catch (RuntimeException e) {
                Logger.getLogger(SaveableListener.class.getName()).log(Level.WARNING, "failed to notify " + l, e);
            }
        }
    }

    public static ExtensionList<SaveableListener> all() {
        return ExtensionList.lookup(SaveableListener.class);
    }
}
