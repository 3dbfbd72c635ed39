package io.jenkins.plugins.shera.platform.connection;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.UsernamePasswordCredentials;
import hudson.model.Item;
import hudson.security.ACL;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** The values of texts and passwords among the credentials of Jenkins and of every tenant's folder, to be taken out of what leaves Jenkins. */
public final class KnownSecrets {
    private KnownSecrets() {}

    /** All of them, at this moment. */
    public static Set<String> all() {
        List<StandardCredentials> found = new ArrayList<>(CredentialsProvider.lookupCredentialsInItemGroup(
                StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of()));
        for (Tenant tenant : SheraConfiguration.get().getTenants()) {
            Item folder = TenantFolder.of(tenant);
            if (folder != null) {
                found.addAll(CredentialsProvider.lookupCredentialsInItem(
                        StandardCredentials.class, folder, ACL.SYSTEM2, List.of()));
            }
        }
        Set<String> values = new HashSet<>();
        for (StandardCredentials each : found) {
            if (each instanceof StringCredentials text) {
                values.add(text.getSecret().getPlainText());
            } else if (each instanceof UsernamePasswordCredentials login) {
                values.add(login.getPassword().getPlainText());
            }
        }
        return values;
    }
}
