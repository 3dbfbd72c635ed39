package hudson;

/** Is told when an extension list changes. */
public abstract class ExtensionListListener {
    /** Called after extensions were added or removed. */
    public abstract void onChange();
}
