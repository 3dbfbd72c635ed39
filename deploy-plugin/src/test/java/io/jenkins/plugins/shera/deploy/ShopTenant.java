package io.jenkins.plugins.shera.deploy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.EnvironmentPolicy;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantLogin;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** A tenant retail with an application shop whose environment prod is the test's namespace, and a job that releases. */
public final class ShopTenant {

    private ShopTenant() {}

    /** Sets it up; {@code approval} is what the environment asks for. */
    public static WorkflowJob job(TestCluster cluster, JenkinsRule jenkins, boolean approval, String script)
            throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "retail");
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(jenkins.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new FileCredentialsImpl(
                                    CredentialsScope.GLOBAL,
                                    "kube",
                                    "",
                                    "config",
                                    SecretBytes.fromBytes(cluster.kubeconfig().getBytes(StandardCharsets.UTF_8))));
            KubernetesCluster real = new KubernetesCluster("real");
            real.setTenantAccess(List.of(new TenantLogin("retail", "kube")));
            Tenant tenant = new Tenant("retail");
            tenant.setFolder("retail");
            tenant.setClusters(List.of("real"));
            tenant.setNamespaces(List.of(new TenantNamespace("real", cluster.namespace())));
            Application application = new Application("retail", "shop");
            Environment prod = new Environment("prod", "real", cluster.namespace());
            EnvironmentPolicy policy = new EnvironmentPolicy();
            policy.setRequireApproval(approval);
            prod.setPolicy(policy);
            application.setEnvironments(List.of(prod));
            SheraConfiguration.get().setClusters(List.of(real));
            SheraConfiguration.get().setTenants(List.of(tenant));
            Application stock = new Application("retail", "stock");
            stock.setEnvironments(List.of(new Environment("prod", "real", cluster.namespace())));
            SheraConfiguration.get().setApplications(List.of(application, stock));
        }
        WorkflowJob job = folder.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** Adds an environment dev before prod, in a namespace of its own; {@code images} is what prod lets in. */
    public static void addDev(TestCluster prod, TestCluster dev, String images) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Tenant retail = SheraConfiguration.get().tenant("retail");
            retail.setNamespaces(List.of(
                    new TenantNamespace("real", prod.namespace()), new TenantNamespace("real", dev.namespace())));
            SheraConfiguration.get().setTenants(List.of(retail));
            Application shop = SheraConfiguration.get().application("retail", "shop");
            Environment to = new Environment("prod", "real", prod.namespace());
            EnvironmentPolicy policy = new EnvironmentPolicy();
            policy.setImages(images);
            to.setPolicy(policy);
            shop.setEnvironments(List.of(new Environment("dev", "real", dev.namespace()), to));
            SheraConfiguration.get()
                    .setApplications(List.of(shop, SheraConfiguration.get().application("retail", "stock")));
        }
    }
}
