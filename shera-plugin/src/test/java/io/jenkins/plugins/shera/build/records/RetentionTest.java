package io.jenkins.plugins.shera.build.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.build.retention.RetentionPlan;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Images of a real registry, needed or not by what stands in a real cluster. */
@Tag("cluster")
@WithJenkins
class RetentionTest {
    @TempDir
    Path folder;

    private final String namespace =
            "shera-retention-" + UUID.randomUUID().toString().substring(0, 8);
    private final Application application = new Application("shop", "shop");
    private JenkinsRule jenkins;
    private DockerRegistry registry;
    private ImageTarget target;
    private ClusterClient cluster;
    private KubernetesCluster east;
    private Tenant tenant;
    private Folder shop;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        String file = System.getenv("KUBECONFIG");
        boolean there = file != null && Files.isReadable(Path.of(file));
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there).as("KUBECONFIG names a cluster").isTrue();
        }
        Assumptions.assumeTrue(there, "no cluster: KUBECONFIG names no readable file");
        String kubeconfig = Files.readString(Path.of(file));
        cluster = ClusterClient.open(Kubeconfig.parse(kubeconfig, null, false), TimeLimits.STANDARD);
        apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}");
        registry = DockerRegistry.open(folder);
        target = new RegistryClient(registry.address(), RegistryCredentials.NONE).repository("shop");
        shop = rule.createProject(Folder.class, "shop");
        new SystemCredentialsProvider.ProviderImpl()
                .getStore(rule.jenkins)
                .addCredentials(
                        Domain.global(),
                        new FileCredentialsImpl(
                                CredentialsScope.GLOBAL,
                                "east",
                                "",
                                "kubeconfig",
                                SecretBytes.fromBytes(kubeconfig.getBytes(StandardCharsets.UTF_8))));
        east = new KubernetesCluster("east");
        east.setServer(Kubeconfig.parse(kubeconfig, null, false).server().toString());
        east.setCredentialsId("east");
        east.setImpersonation(true);
        tenant = new Tenant("shop");
        tenant.setFolder("shop");
        tenant.setRegistries(List.of("house"));
        tenant.setClusters(List.of("east"));
        tenant.setNamespaces(List.of(new TenantNamespace("east", namespace)));
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setRegistries(List.of(new ContainerRegistry("house", registry.host())));
            SheraConfiguration.get().setClusters(List.of(east));
            SheraConfiguration.get().setTenants(List.of(tenant));
            SheraConfiguration.get().setApplications(List.of(application));
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (cluster != null) {
            ObjectRef ref = new ObjectRef(new Kinds(cluster.api()).find("v1", "Namespace"), "", namespace);
            cluster.api()
                    .delete(
                            ref,
                            cluster.api().get(ref.path()).at("/metadata/uid").asText());
            cluster.close();
        }
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    void aBuildDeletesOnlyWhatNothingInAnyClusterNames() throws Exception {
        Digest history = image(1);
        Digest asleep = image(2);
        Digest job = image(3);
        Digest record = image(4);
        Digest old = image(5);
        Digest newest = image(6);
        deployment(history);
        deployment(asleep);
        apply("{apiVersion: batch/v1, kind: CronJob, metadata: {name: nightly, namespace: " + namespace
                + "}, spec: {schedule: '0 3 1 1 *', suspend: true, jobTemplate: {spec: {template: {spec: {restartPolicy: Never,"
                + " containers: [{name: a, image: 'anywhere.example.com/shop:3'}]}}}}}}");
        apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: shop-rollout, namespace: " + namespace
                + ", labels: {shera.io/record: rollout}}, data: {plan: '{\"image\":\"shop@" + record + "\"}'}}");
        Awaitility.await()
                .until(() -> cluster.api()
                                .get("/apis/apps/v1/namespaces/" + namespace + "/replicasets")
                                .path("items")
                                .size()
                        == 2);

        WorkflowRun dry = run("pruneImages(image: 'shop', keep: 1, dryRun: true)", Result.SUCCESS);

        jenkins.assertLogContains("1 image(s) of " + registry.host() + "/shop would be deleted", dry);
        jenkins.assertLogContains("stays, named by CronJob " + namespace + "/nightly (east)", dry);
        assertThat(target.resolve(old.toString())).isPresent();

        WorkflowRun real = run(
                "def pruned = pruneImages(image: 'shop', keep: 1)\necho \"gone ${pruned.deleted} of ${pruned.kept.size()}\"",
                Result.SUCCESS);

        jenkins.assertLogContains("gone [" + old + "] of 5", real);
        assertThat(target.resolve(old.toString())).isEmpty();
        for (Digest kept : List.of(history, asleep, job, record, newest)) {
            assertThat(target.resolve(kept.toString())).isPresent();
        }
        assertThat(ImageOrigins.get().find("shop", old)).isEmpty();
        assertThat(ImageOrigins.get().find("shop", newest)).isPresent();
        assertThat(Timelines.get().of(application).page(Long.MAX_VALUE, 5, null).entries())
                .extracting(entry -> entry.title() + " " + entry.detail())
                .containsExactly("Old images deleted: 1 " + registry.host() + "/shop");
    }

    @Test
    void oneClusterThatCannotBeReadKeepsEverything() throws Exception {
        Digest old = image(1);
        image(2);
        KubernetesCluster away = new KubernetesCluster("away");
        away.setServer("https://127.0.0.1:9");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setClusters(List.of(east, away));
        }

        WorkflowRun failed = run("pruneImages(image: 'shop', keep: 1)", Result.FAILURE);

        jenkins.assertLogContains("What runs in the cluster away could not be read, so nothing is deleted", failed);
        assertThat(target.resolve(old.toString())).isPresent();
    }

    @Test
    void aRegistryThatIsAwayIsSaidInPlainWords() throws Exception {
        image(1);
        image(2);
        registry.close();

        WorkflowRun failed = run("pruneImages(image: 'shop', keep: 1)", Result.FAILURE);

        jenkins.assertLogContains("The old images could not all be deleted. " + registry.host() + "/shop: ", failed);
        jenkins.assertLogNotContains("Exception:", failed);
    }

    @Test
    void refusesWhatItCannotDo() throws Exception {
        assertThatThrownBy(() -> new Retention(tenant, "other", "shop"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no such registry");
        assertThatThrownBy(() -> new Retention(tenant, "", "../shop")).isInstanceOf(Refusal.class);
        Retention retention = new Retention(tenant, "", "shop");
        assertThatThrownBy(() -> retention.plan(0, List.of())).hasMessageContaining("from 1 to");
        assertThatThrownBy(() -> retention.plan(1, List.of("a b"))).hasMessageContaining("keepTags has");
        assertThat(retention.plan(1, List.of()).lines()).isEmpty();
        RetentionPlan none = retention.plan(1, List.of());
        retention.apply(none, null);
    }

    private WorkflowRun run(String script, Result result) throws Exception {
        WorkflowJob job =
                shop.createProject(WorkflowJob.class, "prune" + shop.getItems().size());
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(result, job.scheduleBuild2(0));
    }

    private Digest image(int number) throws Exception {
        Digest digest = SmallImage.push(
                        target, String.valueOf(number), SmallImage.layer(folder, "etc/motd", "image " + number))
                .digest();
        ImageOrigins.get()
                .put(
                        "shop",
                        new ImageOrigin(
                                registry.host() + "/shop@" + digest, "", "shop/build#" + number, "", "OK", number));
        return digest;
    }

    /** Of no pods: nothing is pulled, and every image it ever had is a revision to go back to. */
    private void deployment(Digest image) throws Exception {
        apply("{apiVersion: apps/v1, kind: Deployment, metadata: {name: shop, namespace: " + namespace
                + "}, spec: {replicas: 0, selector: {matchLabels: {app: shop}}, template: {metadata: {labels: {app: shop}},"
                + " spec: {containers: [{name: shop, image: '" + registry.host() + "/shop@" + image + "'}]}}}}");
        Awaitility.await().until(() -> cluster.api()
                .get("/apis/apps/v1/namespaces/" + namespace + "/replicasets")
                .toString()
                .contains(image.hex()));
    }

    private void apply(String yaml) throws Exception {
        new Applier(cluster.api(), new Kinds(cluster.api())).apply(Manifests.read(yaml, "test"));
    }
}
