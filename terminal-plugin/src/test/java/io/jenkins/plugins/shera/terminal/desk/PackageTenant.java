package io.jenkins.plugins.shera.terminal.desk;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.EnvironmentPolicy;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantLogin;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.terminal.config.DockerEngine;
import io.jenkins.plugins.shera.terminal.config.TerminalConfiguration;
import io.jenkins.plugins.shera.terminal.docker.TestEngine;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** A tenant whose containers can be packaged. */
public final class PackageTenant {

    private PackageTenant() {}

    /** Sets up tenant retail with application shop; ada may package, viewer may only look. */
    public static void configure(JenkinsRule rule, TestPods pods) throws Exception {
        KubernetesCluster real = new KubernetesCluster("real");
        real.setTenantAccess(List.of(new TenantLogin("retail", "kube")));
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(rule.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new FileCredentialsImpl(
                                    CredentialsScope.GLOBAL,
                                    "kube",
                                    "",
                                    "config",
                                    SecretBytes.fromBytes(pods.kubeconfig().getBytes(StandardCharsets.UTF_8))));
        }
        configure(rule, real, pods.namespace(), pods.registry());
    }

    /** The same with containers on a docker engine, beside a cluster that never answers. */
    public static void configure(JenkinsRule rule, TestEngine engine) throws Exception {
        KubernetesCluster gone = new KubernetesCluster("real");
        gone.setServer("https://127.0.0.1:1");
        gone.setImpersonation(true);
        configure(rule, gone, "retail-dev", engine.registry());
        DockerEngine here = new DockerEngine("here", engine.url());
        here.setTenants("retail");
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            TerminalConfiguration.get().setEngines(List.of(here));
        }
    }

    private static void configure(JenkinsRule rule, KubernetesCluster real, String namespace, DockerRegistry registry)
            throws Exception {
        rule.createProject(Folder.class, "retail");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        MockAuthorizationStrategy rights = new MockAuthorizationStrategy();
        rights.grant(Jenkins.READ, hudson.model.Item.READ, SheraPermissions.VIEW)
                .everywhere()
                .to("viewer", "ada", "bob");
        rights.grant(SheraPermissions.PACKAGE, SheraPermissions.TERMINAL)
                .everywhere()
                .to("ada", "bob");
        rule.jenkins.setAuthorizationStrategy(rights);
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            ContainerRegistry house = new ContainerRegistry("house", registry.host());
            house.setPullAddress("localhost:" + registry.port());
            Tenant tenant = new Tenant("retail");
            tenant.setFolder("retail");
            tenant.setClusters(List.of("real"));
            tenant.setRegistries(List.of("house"));
            tenant.setNamespaces(List.of(new TenantNamespace("real", namespace)));
            Application shop = new Application("retail", "shop");
            Environment prod = new Environment("prod", "real", namespace);
            EnvironmentPolicy passed = new EnvironmentPolicy();
            passed.setImages(EnvironmentPolicy.PASSED);
            prod.setPolicy(passed);
            shop.setEnvironments(List.of(new Environment("dev", "real", namespace), prod));
            SheraConfiguration.get().setClusters(List.of(real));
            SheraConfiguration.get().setRegistries(List.of(house));
            SheraConfiguration.get().setTenants(List.of(tenant));
            SheraConfiguration.get().setApplications(List.of(shop));
        }
    }
}
