package hudson.security;

import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.harness.security.Grants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.matrixauth.AuthorizationContainer;
import org.jenkinsci.plugins.matrixauth.AuthorizationType;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;

/** One matrix of users and permissions for the whole of Jenkins. */
public class GlobalMatrixAuthorizationStrategy extends AuthorizationStrategy
        implements AuthorizationContainer<AuthorizationStrategy> {
    private final List<String> permission = new ArrayList<>();
    private transient Map<Permission, Set<PermissionEntry>> grants;

    public GlobalMatrixAuthorizationStrategy() {}

    private synchronized Map<Permission, Set<PermissionEntry>> grants() {
        if (grants == null) {
            grants = new HashMap<>();
            permission.forEach(text -> Grants.add(grants, text));
        }
        return grants;
    }

    @Override
    public synchronized void add(Permission p, PermissionEntry entry) {
        permission.add(entry.getType().toPrefix() + p.getId() + ":" + entry.getSid());
        grants = null;
    }

    @Override
    public Map<Permission, Set<PermissionEntry>> getGrantedPermissionEntries() {
        return grants();
    }

    @Override
    public ACL getRootACL() {
        return ACL.lambda2((who, asked) -> Grants.allow(grants(), who, asked));
    }

    @Override
    public Set<String> getGroups() {
        Set<String> sids = new TreeSet<>();
        grants().values().forEach(entries -> entries.stream()
                .filter(entry -> entry.getType() != AuthorizationType.USER)
                .forEach(entry -> sids.add(entry.getSid())));
        return sids;
    }

    /** Its descriptor. */
    @Extension
    @Symbol("globalMatrix")
    public static class DescriptorImpl extends Descriptor<AuthorizationStrategy> {
        public DescriptorImpl() {
            super(GlobalMatrixAuthorizationStrategy.class);
        }

        @Override
        public String getDisplayName() {
            return "Matrix-based security";
        }
    }
}
