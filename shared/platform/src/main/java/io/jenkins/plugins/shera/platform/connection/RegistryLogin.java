package io.jenkins.plugins.shera.platform.connection;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.Tenant;

/** Where a registry is and as whom we speak to it. */
public final class RegistryLogin {

    private RegistryLogin() {}

    /** Its addresses and whom it trusts. */
    public static RegistryAddress address(ContainerRegistry registry) {
        return RegistryAddress.of(
                registry.getAddress(), registry.getPullAddress(), registry.isInsecure(), registry.getCaCertificate());
    }

    /** The platform's credentials for it, of Jenkins itself. */
    public static RegistryCredentials ofPlatform(ContainerRegistry registry) {
        return registry.getCredentialsId().isEmpty()
                ? RegistryCredentials.NONE
                : credentials(
                        CredentialLookup.atTop(StandardUsernamePasswordCredentials.class, registry.getCredentialsId()));
    }

    /** A tenant's credentials for it: its folder's entry of the registry's id, else the one of Jenkins. */
    public static RegistryCredentials ofTenant(ContainerRegistry registry, Tenant tenant) {
        return registry.getCredentialsId().isEmpty()
                ? RegistryCredentials.NONE
                : credentials(CredentialLookup.inFolder(
                        tenant, StandardUsernamePasswordCredentials.class, registry.getCredentialsId()));
    }

    private static RegistryCredentials credentials(StandardUsernamePasswordCredentials login) {
        return new RegistryCredentials(login.getUsername(), login.getPassword().getPlainText());
    }
}
