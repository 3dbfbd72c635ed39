package io.jenkins.plugins.shera.platform.access;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import io.jenkins.plugins.shera.platform.Messages;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;

/** The permissions of SheRa, granted globally or on the folder a tenant is bound to; each is implied by {@link #ADMINISTER} alone. */
public final class SheraPermissions {

    private static final Logger LOGGER = Logger.getLogger(SheraPermissions.class.getName());
    private static final PermissionScope[] SCOPES = {PermissionScope.JENKINS, PermissionScope.ITEM_GROUP};

    public static final PermissionGroup GROUP =
            new PermissionGroup(SheraPermissions.class, Messages._SheraPermissions_group());

    /** Create and change tenants, clusters and registries; on a folder: change that tenant's applications. */
    public static final Permission ADMINISTER = new Permission(
            GROUP, "Administer", Messages._SheraPermissions_administer(), Jenkins.ADMINISTER, true, SCOPES);

    /** See a tenant, its applications and what happened to them. */
    public static final Permission VIEW = permission("View", Messages._SheraPermissions_view());

    /** Build images. */
    public static final Permission BUILD = permission("Build", Messages._SheraPermissions_build());

    /** Bring a release into an environment. */
    public static final Permission DEPLOY = permission("Deploy", Messages._SheraPermissions_deploy());

    /** Promote, or override a rule; never satisfied by SYSTEM. */
    public static final Permission PROMOTE = permission("Promote", Messages._SheraPermissions_promote());

    /** Publish and change routes. */
    public static final Permission ROUTE = permission("Route", Messages._SheraPermissions_route());

    /** Change thresholds and alerts. */
    public static final Permission ALERT = permission("Alert", Messages._SheraPermissions_alert());

    /** Read logs. */
    public static final Permission LOGS = permission("Logs", Messages._SheraPermissions_logs());

    /** Open a terminal in a container; never satisfied by SYSTEM. */
    public static final Permission TERMINAL = permission("Terminal", Messages._SheraPermissions_terminal());

    /** Make an image of a running container; never satisfied by SYSTEM. */
    public static final Permission PACKAGE = permission("Package", Messages._SheraPermissions_package());

    /** Watch recordings of terminals, one's own and those of others. */
    public static final Permission REVIEW = permission("Review", Messages._SheraPermissions_review());

    private SheraPermissions() {}

    private static Permission permission(String name, Localizable description) {
        return new Permission(GROUP, name, description, ADMINISTER, true, SCOPES);
    }

    /** Loads this class before Jenkins reads its grants: an authorization strategy drops grants of permissions it does not know. */
    @Initializer(before = InitMilestone.SYSTEM_CONFIG_LOADED)
    public static void touch() {
        LOGGER.fine(() -> GROUP.getPermissions().size() + " permissions of SheRa");
    }
}
