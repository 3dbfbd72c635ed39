package io.jenkins.plugins.shera.deploy.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Files and secrets of a deployment in the real cluster; no pod is started, the API server's own checks are what is asked. */
@Tag("cluster")
@WithJenkins
class DeployConfigTest {

    private static final ResourceKind CONFIG_MAP = new ResourceKind("v1", "ConfigMap", "configmaps", true);
    private static final ResourceKind SECRET = new ResourceKind("v1", "Secret", "secrets", true);

    private static void add(Credentials credentials) throws Exception {
        new SystemCredentialsProvider.ProviderImpl()
                .getStore(Jenkins.get())
                .addCredentials(Domain.global(), credentials);
    }

    private static void credentials() throws Exception {
        add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "word", "", Secret.fromString("hush-hush-1")));
        add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "db", "", "shopper", "hush-hush-2"));
        add(new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                "key",
                "",
                "tls.key",
                SecretBytes.fromBytes("hush-hush-3".getBytes(StandardCharsets.UTF_8))));
        add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "robot", "", "robot", "hush-hush-4"));
    }

    private static String script(String config) {
        return "deployApplication(application: 'shop', image: 'registry.internal/shop:1', replicas: 0,"
                + " configFiles: ['/app/app.yml': '" + config + "'], secrets: [WORD: 'word', DB: 'db'],"
                + " secretFiles: ['/app/tls.key': 'key'])";
    }

    private static WorkflowRun run(JenkinsRule jenkins, WorkflowJob job, Result result, String script)
            throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        WorkflowRun run = jenkins.assertBuildStatus(result, job.scheduleBuild2(0));
        jenkins.assertLogNotContains("hush-hush", run);
        return run;
    }

    private static JsonNode pod(TestCluster cluster) throws Exception {
        return cluster.api()
                .get(new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop").path())
                .at("/spec/template/spec");
    }

    private static JsonNode get(TestCluster cluster, ResourceKind kind, String name) throws Exception {
        return cluster.api().get(new ObjectRef(kind, cluster.namespace(), name).path());
    }

    private static String decoded(JsonNode secret, String key) {
        return new String(
                Base64.getDecoder().decode(secret.path("data").path(key).asText()), StandardCharsets.UTF_8);
    }

    @Test
    void filesAndSecretsGoWithTheRevisionAndNobodyReadsThem(JenkinsRule jenkins) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            credentials();
            WorkflowJob job = ShopTenant.job(cluster, jenkins, false, "echo 'set below'");
            try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
                ContainerRegistry house = new ContainerRegistry("house", "registry.example.com");
                house.setPullAddress("registry.internal");
                house.setCredentialsId("robot");
                Tenant tenant = SheraConfiguration.get().tenant("retail");
                tenant.setRegistries(List.of("house"));
                SheraConfiguration.get().setRegistries(List.of(house));
                SheraConfiguration.get().setTenants(List.of(tenant));
            }

            run(jenkins, job, Result.SUCCESS, script("a: 1"));
            JsonNode first = pod(cluster);
            String config = first.at("/volumes/0/configMap/name").asText();
            String secret = first.at("/volumes/1/secret/secretName").asText();
            assertThat(config).startsWith("shop-config-");
            assertThat(get(cluster, CONFIG_MAP, config).at("/data/file-0").asText())
                    .isEqualTo("a: 1");
            JsonNode kept = get(cluster, SECRET, secret);
            assertThat(kept.path("immutable").asBoolean()).isTrue();
            assertThat(List.of(
                            decoded(kept, "WORD"),
                            decoded(kept, "DB_USR"),
                            decoded(kept, "DB_PSW"),
                            decoded(kept, "file-0")))
                    .containsExactly("hush-hush-1", "shopper", "hush-hush-2", "hush-hush-3");
            assertThat(first.at("/containers/0/env"))
                    .extracting(each -> each.path("name").asText() + " "
                            + each.at("/valueFrom/secretKeyRef/name").asText())
                    .containsExactly("DB_PSW " + secret, "DB_USR " + secret, "WORD " + secret);
            assertThat(first.at("/imagePullSecrets/0/name").asText()).isEqualTo("shera-pull-house");
            assertThat(decoded(get(cluster, SECRET, "shera-pull-house"), ".dockerconfigjson"))
                    .contains("\"registry.internal\"")
                    .contains(Base64.getEncoder().encodeToString("robot:hush-hush-4".getBytes(StandardCharsets.UTF_8)));

            run(jenkins, job, Result.SUCCESS, script("a: 1"));
            assertThat(pod(cluster)).as("the same is the same revision").isEqualTo(first);

            run(jenkins, job, Result.SUCCESS, script("a: 2"));
            assertThat(pod(cluster).at("/volumes/0/configMap/name").asText()).isNotEqualTo(config);
            assertThat(pod(cluster).at("/volumes/1/secret/secretName").asText()).isEqualTo(secret);
            assertThat(get(cluster, CONFIG_MAP, config).at("/data/file-0").asText())
                    .as("what a revision can go back to stays")
                    .isEqualTo("a: 1");
        }
    }

    @Test
    void whatCannotBeAFileOrASecretIsRefusedBeforeTheClusterIsAsked(JenkinsRule jenkins) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            credentials();
            WorkflowJob job = ShopTenant.job(cluster, jenkins, false, "echo 'set below'");
            String start = "deployApplication(application: 'shop', image: 'localhost/busybox:1', replicas: 0, ";
            for (String path : List.of("/a/../b", "relative", "/proc/1/environ", "/", "/a//b", "/a b")) {
                WorkflowRun run = run(jenkins, job, Result.FAILURE, start + "configFiles: ['" + path + "': 'x'])");
                jenkins.assertLogContains("'" + path + "' cannot be the parameter configFiles", run);
            }
            jenkins.assertLogContains(
                    "There is no credential 'none' that this job may use",
                    run(jenkins, job, Result.FAILURE, start + "secrets: [A: 'none'])"));
            jenkins.assertLogContains(
                    "is neither a secret text nor a user with password",
                    run(jenkins, job, Result.FAILURE, start + "secrets: [A: 'key'])"));
            jenkins.assertLogContains(
                    "'WORD' cannot be the parameter secrets",
                    run(jenkins, job, Result.FAILURE, start + "env: [WORD: 'x'], secrets: [WORD: 'word'])"));
            assertThat(cluster.api().list(SECRET, cluster.namespace(), "", "")).isEmpty();
        }
    }
}
