package io.jenkins.plugins.shera.deploy.steps.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.config.MiddlewareConfiguration;
import io.jenkins.plugins.shera.deploy.config.MiddlewareImage;
import io.jenkins.plugins.shera.deploy.middleware.DebianImages;
import io.jenkins.plugins.shera.deploy.storage.StorageKinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.config.Freeze;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Middleware by the steps, and an application that is bound to it, in the cluster that KUBECONFIG names. */
@Tag("cluster")
@WithJenkins
@Tag("slow")
class MiddlewareStepTest {

    private static final ResourceKind SECRET = new ResourceKind("v1", "Secret", "secrets", true);
    private static final String DEPLOY = "deployMiddleware(application: 'shop', name: 'shop-cache', template: 'redis',"
            + " size: '16Mi', storageClass: 'csi-hostpath', memory: '64Mi'%s)";

    private static WorkflowRun run(JenkinsRule jenkins, WorkflowJob job, Result result, String script)
            throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(result, job.scheduleBuild2(0));
    }

    private static void images(MiddlewareImage... images) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            MiddlewareConfiguration.get().setImages(List.of(images));
        }
    }

    private static void tenant(java.util.function.Consumer<Tenant> change) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Tenant tenant = SheraConfiguration.get().tenant("retail");
            change.accept(tenant);
            SheraConfiguration.get().setTenants(List.of(tenant));
        }
    }

    private static String secret(TestCluster cluster, String key) throws Exception {
        JsonNode live = cluster.api().get(new ObjectRef(SECRET, cluster.namespace(), "shop-cache-credentials").path());
        return new String(Base64.getDecoder().decode(live.at("/data/" + key).asText()), StandardCharsets.UTF_8);
    }

    private static String pod(TestCluster cluster) throws Exception {
        return cluster.api().list(ResourceKind.POD, cluster.namespace(), "app.kubernetes.io/name=shop", "").stream()
                .filter(each -> !each.path("metadata").has("deletionTimestamp"))
                .map(each -> each.at("/metadata/name").asText())
                .findFirst()
                .orElse("");
    }

    @Test
    void anApplicationIsBoundToItsMiddlewareAndNothingSecretIsWrittenDown(JenkinsRule jenkins) throws Exception {
        try (DebianImages debian = DebianImages.open();
                TestCluster cluster = TestCluster.open()) {
            WorkflowJob job = ShopTenant.job(cluster, jenkins, false, "echo 'set below'");
            jenkins.assertLogContains(
                    "There is no image for the template redis. Ask the administrator of the platform",
                    run(jenkins, job, Result.FAILURE, DEPLOY.formatted("")));
            images(new MiddlewareImage("redis", "7.0", debian.image()));
            tenant(tenant -> tenant.setStorageClasses(List.of("ceph.rbd")));
            jenkins.assertLogContains(
                    "which this tenant may not use", run(jenkins, job, Result.FAILURE, DEPLOY.formatted("")));
            tenant(tenant -> tenant.setStorageClasses(List.of()));
            String bound = "deployApplication(application: 'shop', image: 'localhost/busybox:1', replicas: 0,"
                    + " bind: [CACHE: 'shop-cache'])";
            jenkins.assertLogContains("there is no middleware shop-cache", run(jenkins, job, Result.FAILURE, bound));
            WorkflowRun planned = run(jenkins, job, Result.SUCCESS, DEPLOY.formatted(", dryRun: true"));
            jenkins.assertLogContains("create StatefulSet " + cluster.namespace() + "/shop-cache", planned);
            assertThat(cluster.api().list(StorageKinds.CLAIM, cluster.namespace(), "", ""))
                    .isEmpty();

            WorkflowRun first = run(
                    jenkins,
                    job,
                    Result.SUCCESS,
                    "def made = " + DEPLOY.formatted(", parameters: [maxmemoryPolicy: \"all${'keys'}-lru\"]")
                            + "\necho \"made ${made.name} ${made.service} ${made.secret}\"\n" + bound);
            jenkins.assertLogContains(
                    "made shop-cache shop-cache." + cluster.namespace() + ".svc:6379 shop-cache-credentials", first);
            String password = secret(cluster, "password");
            JsonNode env = cluster.api()
                    .get(new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop").path())
                    .at("/spec/template/spec/containers/0/env");
            assertThat(env.findValuesAsText("name"))
                    .contains("CACHE_HOST", "CACHE_PORT", "CACHE_USER", "CACHE_PASSWORD", "CACHE_NAME", "CACHE_URL");
            assertThat(env.at("/3/valueFrom/secretKeyRef/name").asText()).isEqualTo("shop-cache-credentials");

            run(jenkins, job, Result.SUCCESS, DEPLOY.formatted(""));
            assertThat(secret(cluster, "password")).isEqualTo(password);
            WorkflowRun rotated =
                    run(jenkins, job, Result.SUCCESS, "rotateMiddleware(application: 'shop', name: 'shop-cache')");
            jenkins.assertLogContains("Deploy again, so that they get them: shop", rotated);
            String second = secret(cluster, "password");
            assertThat(second).isNotEqualTo(password);
            run(jenkins, job, Result.SUCCESS, bound);
            assertThat(cluster.api()
                            .get(new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop").path())
                            .at("/spec/template/metadata/annotations/shera.io~1credentials-shop-cache")
                            .asText())
                    .as("the pods start anew with the new credentials")
                    .isNotEmpty();

            Freeze freeze = new Freeze("stocktaking");
            freeze.setEnvironments("prod");
            tenant(tenant -> tenant.setFreezes(List.of(freeze)));
            jenkins.assertLogContains("is frozen", run(jenkins, job, Result.FAILURE, DEPLOY.formatted("")));
            jenkins.assertLogContains(
                    "is frozen",
                    run(jenkins, job, Result.FAILURE, "rotateMiddleware(application: 'shop', name: 'shop-cache')"));
            try (Stream<Path> files = Files.walk(jenkins.jenkins.getRootDir().toPath())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    assertThat(text.contains(password) || text.contains(second))
                            .as(file.toString())
                            .isFalse();
                }
            }
            try (Stream<Path> files = Files.walk(jenkins.jenkins.getRootDir().toPath())) {
                assertThat(files.filter(Files::isRegularFile)
                                .filter(each -> each.toString().contains("shera"))
                                .map(each -> {
                                    try {
                                        return Files.readString(each, StandardCharsets.ISO_8859_1);
                                    } catch (java.io.IOException e) {
                                        throw new java.io.UncheckedIOException(e);
                                    }
                                })
                                .anyMatch(text -> text.contains("middleware.rotate")))
                        .as("the audit trail tells of it")
                        .isTrue();
            }
        }
    }

    @Test
    void imagesThatCannotBeAreRefusedInTheSettings(JenkinsRule jenkins) {
        assertThatThrownBy(() -> images(new MiddlewareImage("mongodb", "7", "registry.example.org/mongo:7")))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> images(new MiddlewareImage("redis", "latest", "registry.example.org/redis:7")))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> images(new MiddlewareImage("redis", "7", "no image")))
                .isInstanceOf(Refusal.class);
        MiddlewareImage seven = new MiddlewareImage("redis", "7", "registry.example.org/redis:7");
        assertThatThrownBy(() -> images(seven, seven)).isInstanceOf(Refusal.class);
        images(seven);
        assertThat(new MiddlewareConfiguration().getImages()).hasSize(1);
    }
}
