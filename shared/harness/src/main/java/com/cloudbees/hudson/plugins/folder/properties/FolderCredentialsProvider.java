package com.cloudbees.hudson.plugins.folder.properties;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.Extension;
import hudson.model.ItemGroup;
import hudson.model.ModelObject;
import hudson.security.ACL;
import io.jenkins.plugins.shera.harness.credentials.CredentialsByDomain;
import io.jenkins.plugins.shera.harness.credentials.ListStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.security.core.Authentication;

/** Credentials kept in folders, for what is in them. */
@Extension(optional = true)
public class FolderCredentialsProvider extends CredentialsProvider {
    @Override
    public <C extends Credentials> List<C> getCredentialsInItemGroup(
            Class<C> type, ItemGroup itemGroup, Authentication authentication, List<DomainRequirement> requirements) {
        List<C> found = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        ItemGroup<?> at = itemGroup;
        while (at instanceof AbstractFolder && ACL.SYSTEM2.equals(authentication)) {
            FolderCredentialsProperty property =
                    ((AbstractFolder<?>) at).getProperties().get(FolderCredentialsProperty.class);
            if (property != null) {
                for (C c : property.domains.all(type, requirements)) {
                    if (ids.add(CredentialsByDomain.id(c))) {
                        found.add(c);
                    }
                }
            }
            at = ((AbstractFolder<?>) at).getParent();
        }
        return found;
    }

    @Override
    public CredentialsStore getStore(ModelObject object) {
        if (!(object instanceof AbstractFolder)) {
            return null;
        }
        AbstractFolder<?> folder = (AbstractFolder<?>) object;
        FolderCredentialsProperty property = folder.getProperties().get(FolderCredentialsProperty.class);
        FolderCredentialsProperty used = property == null ? new FolderCredentialsProperty() : property;
        return new ListStore(FolderCredentialsProvider.class, folder, folder, used.domains, () -> {
            if (!folder.getProperties().contains(used)) {
                folder.addProperty(used);
            }
            folder.save();
        });
    }

    @Override
    public Set<CredentialsScope> getScopes(ModelObject object) {
        return object instanceof AbstractFolder ? EnumSet.of(CredentialsScope.GLOBAL) : Set.of();
    }

    @Override
    public String getDisplayName() {
        return "Folder Credentials Provider";
    }

    /** The credentials of one folder. */
    public static class FolderCredentialsProperty extends AbstractFolderProperty<AbstractFolder<?>> {
        private final CredentialsByDomain domains = new CredentialsByDomain();

        FolderCredentialsProperty() {}

        public List<Credentials> getCredentials() {
            return domains.in(com.cloudbees.plugins.credentials.domains.Domain.global());
        }

        /** Its descriptor. */
        @Extension(optional = true)
        public static class DescriptorImpl extends AbstractFolderPropertyDescriptor {
            @Override
            public String getDisplayName() {
                return "Folder Credentials";
            }
        }
    }
}
