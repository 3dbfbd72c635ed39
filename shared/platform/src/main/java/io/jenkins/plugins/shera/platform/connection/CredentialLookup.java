package io.jenkins.plugins.shera.platform.connection;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Item;
import hudson.security.ACL;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.List;
import jenkins.model.Jenkins;

/** Finds credentials by id in the scope they were given for. */
public final class CredentialLookup {

    private CredentialLookup() {}

    /** A credential as a tenant's folder sees it: its own, then those of the folders above and of Jenkins. */
    public static <C extends StandardCredentials> C inFolder(Tenant tenant, Class<C> type, String id) {
        Item folder = TenantFolder.of(tenant);
        return chosen(
                folder == null
                        ? List.of()
                        : CredentialsProvider.lookupCredentialsInItem(type, folder, ACL.SYSTEM2, List.of()),
                id);
    }

    /** A credential of Jenkins itself. */
    public static <C extends StandardCredentials> C atTop(Class<C> type, String id) {
        return chosen(
                CredentialsProvider.lookupCredentialsInItemGroup(type, Jenkins.get(), ACL.SYSTEM2, List.of()), id);
    }

    private static <C extends StandardCredentials> C chosen(List<C> all, String id) {
        return all.stream()
                .filter(each -> each.getId().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.unknown(
                        "credentialsId",
                        Messages.ReferenceRules_credentials(id),
                        Messages.ReferenceRules_credentials_next()));
    }
}
