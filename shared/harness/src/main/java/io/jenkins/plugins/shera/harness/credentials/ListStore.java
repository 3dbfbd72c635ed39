package io.jenkins.plugins.shera.harness.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.ModelObject;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.IOException;
import java.util.List;
import org.springframework.security.core.Authentication;

/** The store of Jenkins or of a folder. */
public final class ListStore extends CredentialsStore {
    private final ModelObject context;
    private final AccessControlled guard;
    private final CredentialsByDomain domains;
    private final Saving saving;

    /** What writes the change to disk. */
    public interface Saving {
        /** Writes. */
        void save() throws IOException;
    }

    /** For one object. */
    public ListStore(
            Class<? extends CredentialsProvider> provider,
            ModelObject context,
            AccessControlled guard,
            CredentialsByDomain domains,
            Saving saving) {
        super(provider);
        this.context = context;
        this.guard = guard;
        this.domains = domains;
        this.saving = saving;
    }

    @Override
    public ModelObject getContext() {
        return context;
    }

    @Override
    public boolean hasPermission2(Authentication a, Permission permission) {
        return guard.getACL().hasPermission2(a, permission);
    }

    @Override
    public List<Domain> getDomains() {
        return domains.domains();
    }

    @Override
    public List<Credentials> getCredentials(Domain domain) {
        return hasPermission(CredentialsProvider.VIEW) ? domains.in(domain) : List.of();
    }

    @Override
    public boolean addCredentials(Domain domain, Credentials credentials) throws IOException {
        checkPermission(CredentialsProvider.CREATE);
        return saved(domains.add(domain, credentials));
    }

    @Override
    public boolean removeCredentials(Domain domain, Credentials credentials) throws IOException {
        checkPermission(CredentialsProvider.DELETE);
        return saved(domains.remove(domain, credentials));
    }

    @Override
    public boolean updateCredentials(Domain domain, Credentials current, Credentials replacement) throws IOException {
        checkPermission(CredentialsProvider.UPDATE);
        return saved(domains.replace(domain, current, replacement));
    }

    private boolean saved(boolean changed) throws IOException {
        if (changed) {
            saving.save();
        }
        return changed;
    }
}
