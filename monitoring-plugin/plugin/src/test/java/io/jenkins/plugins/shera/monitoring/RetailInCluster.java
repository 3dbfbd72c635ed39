package io.jenkins.plugins.shera.monitoring;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.shera.monitoring.cluster.TestNamespace;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantLogin;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jvnet.hudson.test.JenkinsRule;

/** Moves the tenant retail of {@link TwoTenants} into a namespace of a real cluster, where it has a login of its own. */
public final class RetailInCluster {

    private RetailInCluster() {}

    /** {@code token} is that of the tenant's service account. */
    public static void move(JenkinsRule rule, TestNamespace cluster, String token) throws Exception {
        String login = "retail-" + UUID.randomUUID();
        KubernetesCluster real = new KubernetesCluster("east");
        real.setServer(cluster.server());
        real.setCaCertificate(cluster.authority());
        real.setTenantAccess(List.of(new TenantLogin("retail", login)));
        Application shop = new Application("retail", "shop");
        shop.setEnvironments(List.of(new Environment("dev", "east", cluster.name())));
        SheraConfiguration configuration = SheraConfiguration.get();
        List<Tenant> tenants = new ArrayList<>(configuration.getTenants());
        tenants.stream()
                .filter(each -> each.getId().equals("retail"))
                .forEach(each -> each.setNamespaces(List.of(new TenantNamespace("east", cluster.name()))));
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(rule.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new StringCredentialsImpl(CredentialsScope.GLOBAL, login, "", Secret.fromString(token)));
            configuration.setClusters(List.of(real));
            configuration.setTenants(tenants);
            configuration.setApplications(List.of(shop, configuration.application("bank", "shop")));
        }
    }
}
