package io.jenkins.plugins.shera.platform.config;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Keeps tenants bound to their folders and granted jobs when those are moved, renamed or deleted.
 * A tenant whose folder is deleted is bound to none, so that a new folder of the old name does not inherit it.
 */
@Extension
public class FolderFollower extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(FolderFollower.class.getName());

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        follow(path ->
                TenantFolder.contains(oldFullName, path) ? newFullName + path.substring(oldFullName.length()) : path);
    }

    @Override
    public void onDeleted(Item item) {
        String gone = item.getFullName();
        follow(path -> TenantFolder.contains(gone, path) ? "" : path);
    }

    private static void follow(UnaryOperator<String> move) {
        Store<Tenant> store = SheraConfiguration.get().tenantStore();
        for (Tenant tenant : store.all()) {
            List<String> grants = tenant.getGrantedJobs().stream()
                    .map(move)
                    .filter(path -> !path.isEmpty())
                    .toList();
            String folder = tenant.getFolder().isEmpty() ? "" : move.apply(tenant.getFolder());
            if (!folder.equals(tenant.getFolder()) || !grants.equals(tenant.getGrantedJobs())) {
                Tenant moved = (Tenant) Jenkins.XSTREAM2.fromXML(Jenkins.XSTREAM2.toXML(tenant));
                moved.setFolder(folder);
                moved.setGrantedJobs(grants);
                try {
                    store.replace(moved, OptionalLong.empty());
                } catch (IOException e) {
                    LOGGER.log(
                            Level.SEVERE,
                            "tenant " + tenant.getId() + " could not follow its folder to '" + folder
                                    + "'; bind it again on its page",
                            e);
                }
            }
        }
    }
}
