package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.ExtensionList;
import hudson.model.ModelObject;
import hudson.model.Saveable;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.IOException;
import java.util.List;
import org.springframework.security.core.Authentication;

/** Where credentials of one object are kept. */
public abstract class CredentialsStore implements AccessControlled, Saveable {
    private final Class<? extends CredentialsProvider> providerClass;

    public CredentialsStore(Class<? extends CredentialsProvider> providerClass) {
        this.providerClass = providerClass;
    }

    public final CredentialsProvider getProvider() {
        return ExtensionList.lookup(CredentialsProvider.class).get(providerClass);
    }

    /** The object. */
    public abstract ModelObject getContext();

    @Override
    public boolean hasPermission2(Authentication a, Permission permission) {
        throw new AbstractMethodError(getClass() + " lacks hasPermission2");
    }

    @Override
    public final ACL getACL() {
        return ACL.lambda2(this::hasPermission2);
    }

    public List<Domain> getDomains() {
        return List.of(Domain.global());
    }

    public abstract List<Credentials> getCredentials(Domain domain);

    /** Adds; false when there is one of the same id. */
    public abstract boolean addCredentials(Domain domain, Credentials credentials) throws IOException;

    /** Removes; false when there is none. */
    public abstract boolean removeCredentials(Domain domain, Credentials credentials) throws IOException;

    /** Replaces; false when there is none. */
    public abstract boolean updateCredentials(Domain domain, Credentials current, Credentials replacement)
            throws IOException;

    @Override
    public void save() throws IOException {}
}
