package io.jenkins.plugins.shera.platform.pages;

import hudson.Extension;
import hudson.model.AbstractItem;
import hudson.model.Action;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import java.util.Collection;
import jenkins.model.TransientActionFactory;

/** The way from a tenant's folder, and from each job and folder in it, to the tenant's page, for who may see that. */
@Extension
public class TenantLinks extends TransientActionFactory<AbstractItem> {

    @Override
    public Class<AbstractItem> type() {
        return AbstractItem.class;
    }

    @Override
    public Collection<? extends Action> createFor(AbstractItem item) {
        String path = item.getFullName();
        return SheraConfiguration.get().getTenants().stream()
                .filter(each -> TenantFolder.contains(each.getFolder(), path))
                .filter(each -> TenantFolder.allows(each, SheraPermissions.VIEW))
                .map(Link::new)
                .limit(1)
                .toList();
    }

    /** The entry in the side panel; an address that begins with a slash is one of this Jenkins. */
    static final class Link implements Action {
        private final Tenant tenant;

        Link(Tenant tenant) {
            this.tenant = tenant;
        }

        @Override
        public String getIconFileName() {
            return "symbol-shera plugin-shera-platform";
        }

        @Override
        public String getDisplayName() {
            return io.jenkins.plugins.shera.platform.Messages.TenantLinks_name(tenant.title());
        }

        @Override
        public String getUrlName() {
            return "/shera/tenant/" + tenant.getId();
        }
    }
}
