package hudson.model;

/** A kind of item that people can make. */
public abstract class TopLevelItemDescriptor extends Descriptor<TopLevelItem> {
    protected TopLevelItemDescriptor(Class<? extends TopLevelItem> clazz) {
        super(clazz);
    }

    protected TopLevelItemDescriptor() {}

    /** Whether items of this kind may stand in the group. */
    public boolean isApplicableIn(ItemGroup parent) {
        return true;
    }

    /** What the kind is good for. */
    public String getDescription() {
        return "";
    }

    /** Makes an item, which is not yet saved. */
    public abstract TopLevelItem newInstance(ItemGroup parent, String name);
}
