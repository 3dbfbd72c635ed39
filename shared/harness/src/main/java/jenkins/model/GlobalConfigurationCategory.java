package jenkins.model;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.ModelObject;
import org.jenkinsci.Symbol;

/** A page of the global configuration. */
public abstract class GlobalConfigurationCategory implements ExtensionPoint, ModelObject {
    /** Said below the title. */
    public abstract String getShortDescription();

    public static ExtensionList<GlobalConfigurationCategory> all() {
        return ExtensionList.lookup(GlobalConfigurationCategory.class);
    }

    /** The category of that class. */
    public static <T extends GlobalConfigurationCategory> T get(Class<T> type) {
        T category = all().get(type);
        if (category == null) {
            throw new AssertionError("Category not found. It seems the " + type
                    + " is not annotated with @Extension and so not registered");
        }
        return category;
    }

    /** The page "System". */
    @Extension
    @Symbol("unclassified")
    public static class Unclassified extends GlobalConfigurationCategory {
        @Override
        public String getShortDescription() {
            return "Settings without a page of their own";
        }

        @Override
        public String getDisplayName() {
            return "System";
        }
    }

    /** The page "Security". */
    @Extension
    @Symbol("security")
    public static class Security extends GlobalConfigurationCategory {
        @Override
        public String getShortDescription() {
            return "Who may do what";
        }

        @Override
        public String getDisplayName() {
            return "Security";
        }
    }
}
