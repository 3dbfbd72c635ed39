package hudson.security;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.properties.AuthorizationMatrixProperty;
import hudson.Extension;
import hudson.model.AbstractItem;
import hudson.model.Descriptor;
import hudson.model.Job;
import io.jenkins.plugins.shera.harness.security.Grants;

/** A matrix for the whole of Jenkins, to which folders add their own; below a folder its grants hold, too. */
public class ProjectMatrixAuthorizationStrategy extends GlobalMatrixAuthorizationStrategy {
    /** Its descriptor. */
    @Extension
    public static final Descriptor<AuthorizationStrategy> DESCRIPTOR = new ProjectMatrixDescriptor();

    public ProjectMatrixAuthorizationStrategy() {}

    @Override
    public ACL getACL(Job<?, ?> project) {
        return getACL((AbstractItem) project);
    }

    @Override
    public ACL getACL(AbstractItem item) {
        ACL above = item.getParent() instanceof AbstractItem ? getACL((AbstractItem) item.getParent()) : getRootACL();
        AuthorizationMatrixProperty own = item instanceof AbstractFolder
                ? ((AbstractFolder<?>) item).getProperties().get(AuthorizationMatrixProperty.class)
                : null;
        if (own == null) {
            return above;
        }
        return ACL.lambda2((who, asked) ->
                Grants.allow(own.getGrantedPermissionEntries(), who, asked) || above.hasPermission2(who, asked));
    }
}
