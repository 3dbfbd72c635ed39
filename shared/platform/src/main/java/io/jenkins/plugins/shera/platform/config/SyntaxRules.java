package io.jenkins.plugins.shera.platform.config;

import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.input.Names;
import io.jenkins.plugins.shera.platform.input.Quantity;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What can be said of a thing by looking at it alone: grammar, and no doubles. */
final class SyntaxRules {

    private SyntaxRules() {}

    static void check(Tenant tenant) {
        Names.label("id", tenant.getId());
        String folder = tenant.getFolder();
        if (folder.startsWith("/") || folder.endsWith("/") || folder.contains("//") || folder.length() > 500) {
            throw Refusal.input("folder", Messages.SyntaxRules_folder(), Messages.SyntaxRules_folder_next());
        }
        labels("clusters", tenant.getClusters());
        labels("registries", tenant.getRegistries());
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < tenant.getNamespaces().size(); i++) {
            TenantNamespace own = tenant.getNamespaces().get(i);
            String where = "namespaces[" + i + "]";
            Names.label(where + ".cluster", own.getCluster());
            Names.label(where + ".namespace", own.getNamespace());
            once(where, seen, own.getCluster() + "/" + own.getNamespace());
        }
        for (int i = 0; i < tenant.getFreezes().size(); i++) {
            try {
                tenant.getFreezes().get(i).window();
            } catch (Refusal e) {
                throw e.below("freezes[" + i + "]");
            }
        }
        // Their names may have dots, too.
        labels(
                "storageClasses",
                tenant.getStorageClasses().stream()
                        .map(name -> name.replace('.', '-'))
                        .toList());
        Quota quota = tenant.getQuota();
        Quantity.amount("quota.cpu", quota.getCpu());
        Quantity.amount("quota.memory", quota.getMemory());
        Quantity.amount("quota.pods", quota.getPods());
        Quantity.amount("quota.storage", quota.getStorage());
    }

    static void check(Application application) {
        Names.label("tenant", application.getTenant());
        Names.label("name", application.getName());
        if (!application.getRepository().isEmpty()) {
            Names.gitUrl("repository", application.getRepository());
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < application.getEnvironments().size(); i++) {
            String where = "environments[" + i + "]";
            check(where, application.getEnvironments().get(i));
            once(where + ".name", seen, application.getEnvironments().get(i).getName());
        }
    }

    private static void check(String where, Environment environment) {
        Names.label(where + ".name", environment.getName());
        Names.label(where + ".cluster", environment.getCluster());
        Names.label(where + ".namespace", environment.getNamespace());
        if (!EnvironmentPolicy.POD_SECURITY.contains(environment.getPolicy().getPodSecurity())) {
            throw Refusal.input(
                    where + ".policy.podSecurity",
                    Messages.SyntaxRules_podSecurity(),
                    Messages.SyntaxRules_podSecurity_next());
        }
        if (!EnvironmentPolicy.IMAGES.contains(environment.getPolicy().getImages())) {
            throw Refusal.input(
                    where + ".policy.images", Messages.SyntaxRules_images(), Messages.SyntaxRules_podSecurity_next());
        }
        List<String> containers = environment.getPolicy().getTerminal().getContainers();
        for (int i = 0; i < containers.size(); i++) {
            if (!containers.get(i).matches("[a-z0-9*-]{1,63}")) {
                throw Refusal.input(
                        where + ".policy.terminal.containers[" + i + "]",
                        Messages.SyntaxRules_container(),
                        Messages.SyntaxRules_container_next());
            }
        }
        Set<String> seen = new HashSet<>();
        for (EnvironmentValue value : environment.getValues()) {
            Names.valueName(where + ".values", value.getName());
            once(where + ".values." + value.getName(), seen, value.getName());
        }
    }

    static void check(KubernetesCluster cluster) {
        Names.label("id", cluster.getId());
        if (!cluster.getServer().isEmpty()) {
            try {
                ClusterAccess.at(cluster.getServer())
                        .declaredInsecure(cluster.isInsecure())
                        .done();
            } catch (IllegalArgumentException e) {
                throw Refusal.input("server", e.getMessage(), Messages.SyntaxRules_server_next());
            }
        }
        if (!cluster.getCredentialsId().isEmpty()) {
            Names.credentialsId("credentialsId", cluster.getCredentialsId());
        }
        certificate(cluster.getCaCertificate());
        if (!cluster.getDebugImage().isEmpty()) {
            try {
                ImageReference.parse(cluster.getDebugImage());
            } catch (IllegalArgumentException e) {
                throw Refusal.input("debugImage", e.getMessage(), Messages.SyntaxRules_debugImage_next());
            }
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < cluster.getTenantAccess().size(); i++) {
            TenantLogin login = cluster.getTenantAccess().get(i);
            String where = "tenantAccess[" + i + "]";
            Names.label(where + ".tenant", login.getTenant());
            Names.credentialsId(where + ".credentialsId", login.getCredentialsId());
            once(where + ".tenant", seen, login.getTenant());
        }
    }

    static void check(ContainerRegistry registry) {
        Names.label("id", registry.getId());
        try {
            RegistryAddress.of(registry.getAddress(), registry.getPullAddress(), registry.isInsecure(), "");
        } catch (IllegalArgumentException e) {
            throw Refusal.input("address", e.getMessage(), Messages.SyntaxRules_registry_next());
        }
        if (!registry.getCredentialsId().isEmpty()) {
            Names.credentialsId("credentialsId", registry.getCredentialsId());
        }
        certificate(registry.getCaCertificate());
    }

    private static void certificate(String pem) {
        boolean shaped = pem.isBlank() || pem.strip().startsWith("-----BEGIN CERTIFICATE-----");
        if (!shaped || pem.contains("PRIVATE KEY")) {
            throw Refusal.input(
                    "caCertificate", Messages.SyntaxRules_certificate(), Messages.SyntaxRules_certificate_next());
        }
    }

    private static void labels(String where, List<String> ids) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < ids.size(); i++) {
            once(where + "[" + i + "]", seen, Names.label(where + "[" + i + "]", ids.get(i)));
        }
    }

    private static void once(String where, Set<String> seen, String key) {
        if (!seen.add(key)) {
            throw Refusal.input(where, Messages.Store_twice(), Messages.Store_twice_next());
        }
    }
}
