package com.cloudbees.hudson.plugins.folder.properties;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.harness.security.Grants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;

/** The matrix of users and permissions of one folder. */
public class AuthorizationMatrixProperty extends AbstractFolderProperty<AbstractFolder<?>> {
    private final List<String> permission = new ArrayList<>();
    private transient Map<Permission, Set<PermissionEntry>> grants;

    public AuthorizationMatrixProperty(Map<Permission, Set<PermissionEntry>> grantedPermissions) {
        permission.addAll(Grants.texts(grantedPermissions));
    }

    /** What is granted. */
    public synchronized Map<Permission, Set<PermissionEntry>> getGrantedPermissionEntries() {
        if (grants == null) {
            grants = new HashMap<>();
            permission.forEach(text -> Grants.add(grants, text));
        }
        return grants;
    }

    /** Grants the permission to the user or group, without saving. */
    public synchronized void add(Permission p, PermissionEntry entry) {
        permission.add(entry.getType().toPrefix() + p.getId() + ":" + entry.getSid());
        grants = null;
    }

    /** Its descriptor. */
    @Extension(optional = true)
    @Symbol("authorizationMatrix")
    public static class DescriptorImpl extends AbstractFolderPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return "Enable project-based security";
        }
    }
}
