package hudson.security;

import hudson.model.Item;
import java.util.Collections;
import java.util.List;
import jenkins.model.Jenkins;

/** Whoever has logged in may do anything. */
public class FullControlOnceLoggedInAuthorizationStrategy extends AuthorizationStrategy {
    private boolean denyAnonymousReadAccess;

    public boolean isAllowAnonymousRead() {
        return !denyAnonymousReadAccess;
    }

    public void setAllowAnonymousRead(boolean allowAnonymousRead) {
        this.denyAnonymousReadAccess = !allowAnonymousRead;
    }

    @Override
    public ACL getRootACL() {
        return ACL.lambda2((who, permission) -> !ACL.isAnonymous2(who)
                || (isAllowAnonymousRead() && (permission == Jenkins.READ || permission == Item.READ)));
    }

    @Override
    public List<String> getGroups() {
        return Collections.emptyList();
    }
}
