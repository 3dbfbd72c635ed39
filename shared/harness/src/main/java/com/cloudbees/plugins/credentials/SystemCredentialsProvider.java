package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.ModelObject;
import hudson.model.Saveable;
import hudson.security.ACL;
import io.jenkins.plugins.shera.harness.credentials.CredentialsByDomain;
import io.jenkins.plugins.shera.harness.credentials.ListStore;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Credentials of Jenkins itself, kept in credentials.xml. */
@Extension
public class SystemCredentialsProvider extends AbstractDescribableImpl<SystemCredentialsProvider> implements Saveable {
    private CredentialsByDomain domains = new CredentialsByDomain();

    public SystemCredentialsProvider() {
        if (file().exists()) {
            try {
                file().unmarshal(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static XmlFile file() {
        return new XmlFile(new File(Jenkins.get().getRootDir(), "credentials.xml"));
    }

    public static SystemCredentialsProvider getInstance() {
        return ExtensionList.lookupSingleton(SystemCredentialsProvider.class);
    }

    public List<Credentials> getCredentials() {
        return domains.in(Domain.global());
    }

    public synchronized Map<Domain, List<Credentials>> getDomainCredentialsMap() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return domains.get();
    }

    public synchronized void setDomainCredentialsMap(Map<Domain, List<Credentials>> domainCredentialsMap) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        domains.set(domainCredentialsMap);
    }

    @Override
    public void save() throws IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        write();
    }

    private void write() throws IOException {
        file().write(this);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Descriptor<SystemCredentialsProvider> getDescriptor() {
        return Jenkins.get().getDescriptorOrDie(SystemCredentialsProvider.class);
    }

    /** Its descriptor. */
    @Extension
    public static class DescriptorImpl extends Descriptor<SystemCredentialsProvider> {
        @Override
        public String getDisplayName() {
            return "";
        }
    }

    /** Gives the credentials to items. */
    @Extension
    public static class ProviderImpl extends CredentialsProvider {
        @Override
        public <C extends Credentials> List<C> getCredentialsInItemGroup(
                Class<C> type,
                ItemGroup itemGroup,
                Authentication authentication,
                List<DomainRequirement> requirements) {
            if (!ACL.SYSTEM2.equals(authentication)) {
                return List.of();
            }
            List<C> found = new ArrayList<>();
            for (C c : SystemCredentialsProvider.getInstance().domains.all(type, requirements)) {
                if (c.getScope() != CredentialsScope.SYSTEM || itemGroup == Jenkins.get()) {
                    found.add(c);
                }
            }
            return found;
        }

        @Override
        public <C extends Credentials> List<C> getCredentialsInItem(
                Class<C> type, Item item, Authentication authentication, List<DomainRequirement> requirements) {
            return super.getCredentialsInItem(type, item, authentication, requirements).stream()
                    .filter(c -> c.getScope() != CredentialsScope.SYSTEM)
                    .toList();
        }

        @Override
        public CredentialsStore getStore(ModelObject object) {
            SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
            return object == Jenkins.get()
                    ? new ListStore(ProviderImpl.class, object, Jenkins.get(), provider.domains, provider::write)
                    : null;
        }

        @Override
        public Set<CredentialsScope> getScopes(ModelObject object) {
            return object == Jenkins.get() ? EnumSet.of(CredentialsScope.GLOBAL, CredentialsScope.SYSTEM) : Set.of();
        }

        @Override
        public String getDisplayName() {
            return "Jenkins Credentials Provider";
        }
    }
}
