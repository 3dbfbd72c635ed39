package io.jenkins.plugins.shera.deploy.steps.rollout;

import com.cloudbees.hudson.plugins.folder.Folder;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.util.List;
import org.jvnet.hudson.test.JenkinsRule;

/** The tenant retail with its application shop, whose environment prod lies on an API double. */
final class DoubleShop {

    private DoubleShop() {}

    /** With impersonation. */
    static void configure(JenkinsRule rule, String address) throws Exception {
        KubernetesCluster cluster = cluster(address);
        cluster.setImpersonation(true);
        configure(rule, cluster);
    }

    /** The cluster alone, which says nothing yet of who enters it. */
    static KubernetesCluster cluster(String address) {
        KubernetesCluster cluster = new KubernetesCluster("double");
        cluster.setServer(address);
        cluster.setInsecure(true);
        return cluster;
    }

    /** Everything, on that cluster. */
    static void configure(JenkinsRule rule, KubernetesCluster cluster) throws Exception {
        rule.createProject(Folder.class, "retail");
        Tenant tenant = new Tenant("retail");
        tenant.setFolder("retail");
        tenant.setClusters(List.of("double"));
        tenant.setNamespaces(List.of(new TenantNamespace("double", "team")));
        Application shop = new Application("retail", "shop");
        shop.setEnvironments(List.of(new Environment("prod", "double", "team")));
        SheraConfiguration.get().setClusters(List.of(cluster));
        SheraConfiguration.get().setTenants(List.of(tenant));
        SheraConfiguration.get().setApplications(List.of(shop));
    }
}
