package hudson.model;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.security.Permission;

/** An entry of the page "Manage Jenkins". */
public abstract class ManagementLink implements ExtensionPoint, Action {
    /** Where entries are grouped. */
    public enum Category {
        CONFIGURATION,
        SECURITY,
        STATUS,
        TROUBLESHOOTING,
        TOOLS,
        MISC,
        UNCATEGORIZED
    }

    /** Said below the title. */
    public String getDescription() {
        return "";
    }

    @Override
    public abstract String getUrlName();

    /** Who may see the entry. */
    public Permission getRequiredPermission() {
        return jenkins.model.Jenkins.ADMINISTER;
    }

    public Category getCategory() {
        return Category.UNCATEGORIZED;
    }

    public static ExtensionList<ManagementLink> all() {
        return ExtensionList.lookup(ManagementLink.class);
    }
}
