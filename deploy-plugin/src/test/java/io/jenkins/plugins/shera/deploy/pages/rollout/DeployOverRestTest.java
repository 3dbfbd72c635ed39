package io.jenkins.plugins.shera.deploy.pages.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.util.Secret;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.cli.DeploySaying;
import io.jenkins.plugins.shera.deploy.storage.StorageKinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.audit.AuditEntry;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Deployments over REST, to the cluster that KUBECONFIG names. */
@Tag("cluster")
@WithJenkins
class DeployOverRestTest {

    private static final String RELEASES = "shera/tenant/retail/application/shop/releases/";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A class whose volumes nobody makes: a claim of it waits, as no pod comes. */
    private static final String NO_STORAGE =
            "{\"apiVersion\":\"storage.k8s.io/v1\",\"kind\":\"StorageClass\",\"metadata\":{\"name\":\"%s\"},"
                    + "\"provisioner\":\"kubernetes.io/no-provisioner\"}";

    private static final String SLEEPER =
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: w}, spec: {replicas: 1, selector: {matchLabels: {a: w}},"
                    + " template: {metadata: {labels: {a: w}}, spec: {terminationGracePeriodSeconds: 1, containers: [{name: w,"
                    + " image: 'localhost/busybox:1', command: [sleep, '600']}]}}}}\n";
    private static final String SETTINGS =
            "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: s}, data: {a: b}}\n";

    private static void secure(JenkinsRule rule) {
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, SheraPermissions.VIEW)
                .everywhere()
                .to("guest")
                .grant(Jenkins.READ, SheraPermissions.VIEW, SheraPermissions.DEPLOY)
                .everywhere()
                .to("dev"));
    }

    private static HttpRequest.Builder request(JenkinsRule rule, String user, String path) throws Exception {
        String login = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(rule.getURL() + path)).header("Authorization", "Basic " + login);
    }

    private static HttpResponse<String> post(JenkinsRule rule, String user, String verb, JsonNode json)
            throws Exception {
        HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        JsonNode crumb = JSON.readTree(
                client.send(request(rule, user, "crumbIssuer/api/json").build(), HttpResponse.BodyHandlers.ofString())
                        .body());
        return client.send(
                request(rule, user, RELEASES + verb)
                        .header("Content-Type", "application/json")
                        .header(
                                crumb.path("crumbRequestField").asText(),
                                crumb.path("crumb").asText())
                        .POST(HttpRequest.BodyPublishers.ofString(json.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode get(JenkinsRule rule, String path) throws Exception {
        return JSON.readTree(raw(rule, "guest", path).body());
    }

    private static HttpResponse<String> raw(JenkinsRule rule, String user, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(request(rule, user, RELEASES + path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static ObjectNode order(String more) throws Exception {
        return (ObjectNode) JSON.readTree("{\"environment\":\"prod\"" + more + "}");
    }

    @Test
    void anImageIsPlannedAndDeployedByWhoMay(JenkinsRule rule) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            ShopTenant.job(cluster, rule, false, "echo 'not run'");
            secure(rule);
            ObjectRef ref = new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop");
            ObjectNode order = order(
                    ",\"image\":\"localhost/busybox:1\",\"port\":8080,\"replicas\":0,\"env\":{\"A\":\"1\"},"
                            + "\"pod\":[{\"type\":\"termination\",\"with\":{\"graceSeconds\":\"9\"}}],\"maxSurge\":\"3\"");
            assertThat(post(rule, "guest", "deploy", order).statusCode()).isEqualTo(403);
            assertThat(post(rule, "dev", "deploy", order.deepCopy().put("override", "now"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(post(rule, "dev", "deploy", order.deepCopy().put("secrets", "x"))
                            .statusCode())
                    .isEqualTo(422);
            assertThat(post(rule, "dev", "deploy", order(",\"image\":\"localhost/busybox:1\",\"thresholds\":[]"))
                            .statusCode())
                    .as("without a plugin that takes them")
                    .isEqualTo(422);
            HttpResponse<String> bad = post(
                    rule,
                    "dev",
                    "deploy",
                    order.deepCopy().set("pod", JSON.readTree("[{\"type\":\"hostPath\",\"with\":{\"path\":\"/\"}}]")));
            assertThat(bad.statusCode()).isEqualTo(422);
            assertThat(bad.body()).contains("'hostPath' cannot be in the parameter pod");
            assertThat(get(rule, "deployment/prod/api/json").path("phase").asText())
                    .isEqualTo("ABSENT");
            assertThat(post(rule, "dev", "deploy", order.deepCopy().put("dryRun", true))
                            .body())
                    .contains("create Deployment " + cluster.namespace() + "/shop");
            assertThat(cluster.api().find(ref)).isEmpty();

            assertThat(post(rule, "dev", "deploy", order).statusCode()).isEqualTo(200);
            await().atMost(Duration.ofMinutes(1)).until(() -> get(rule, "deployment/prod/api/json")
                    .path("phase")
                    .asText()
                    .equals("COMPLETE"));
            JsonNode spec = cluster.api().get(ref.path()).path("spec");
            assertThat(spec.at("/strategy/rollingUpdate/maxSurge").asInt()).isEqualTo(3);
            assertThat(spec.at("/template/spec/terminationGracePeriodSeconds").asInt())
                    .isEqualTo(9);
            assertThat(spec.at("/template/spec/containers/0/env/0/name").asText())
                    .isEqualTo("A");
            ObjectRef storage = new ObjectRef(StorageKinds.CLASS, "", cluster.namespace());
            cluster.api().apply(storage, (ObjectNode) JSON.readTree(NO_STORAGE.formatted(cluster.namespace())), false);
            try {
                whatRunsIsToldAndKept(rule, cluster, ref);
                theCommandLineDoesTheSame(cluster, ref);
            } finally {
                cluster.api()
                        .delete(
                                storage,
                                cluster.api()
                                        .get(storage.path())
                                        .at("/metadata/uid")
                                        .asText());
            }
        }
    }

    /** The same Jenkins and namespace: an order with all there is, read back, and one part of it changed. */
    private static void whatRunsIsToldAndKept(JenkinsRule rule, TestCluster cluster, ObjectRef ref) throws Exception {
        add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "word", "", Secret.fromString("hush-hush-1")));
        add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "db", "", "shopper", "hush-hush-2"));
        ObjectNode order = order(
                ",\"image\":\"localhost/busybox:1\",\"port\":8080,\"ports\":{\"metrics\":\"9090\"},\"replicas\":0,\"probePath\":\"/r\",\"memory\":\"32Mi\","
                        + "\"env\":{\"A\":\"1\",\"API_TOKEN\":\"hush-hush-3\"},\"configFiles\":{\"/etc/shop.conf\":\" a = 1\\nb = 2\\n\"},"
                        + "\"secrets\":{\"DB\":\"db\"},\"secretFiles\":{\"/etc/word\":\"word\"},\"maxSurge\":\"3\","
                        + "\"volumes\":[{\"name\":\"data\",\"mountPath\":\"/data\",\"size\":\"16Mi\",\"storageClass\":\""
                        + cluster.namespace() + "\","
                        + "\"readOnly\":true,\"keep\":false}],"
                        + "\"pod\":[{\"type\":\"probe\",\"with\":{\"kind\":\"liveness\",\"path\":\"/live\",\"periodSeconds\":\"7\"}},"
                        + "{\"type\":\"nodeSelector\",\"with\":{\"labels\":\"disk=ssd\"}}]");
        assertThat(post(rule, "dev", "deploy", order).body()).contains("credentials of the tenant's folder");
        HttpResponse<String> unknown = post(
                rule,
                "admin",
                "deploy?check=true",
                order.deepCopy().set("secrets", JSON.readTree("{\"B\":\"nothing\"}")));
        assertThat(JSON.readTree(unknown.body()).path("where").asText()).isEqualTo("secrets");
        HttpResponse<String> placed = post(
                rule,
                "dev",
                "deploy?check=true",
                order("")
                        .put("image", "a:1")
                        .set("volumes", JSON.readTree("[{\"name\":\"data\",\"mountPath\":\"/proc\"}]")));
        assertThat(placed.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(placed.body()).path("where").asText()).isEqualTo("volumes[0]");
        assertThat(post(rule, "admin", "deploy", order).body()).contains("\"ok\":true");

        assertThat(raw(rule, "guest", "running?environment=prod").statusCode()).isEqualTo(403);
        HttpResponse<String> told = raw(rule, "dev", "running?environment=prod");
        assertThat(told.body()).doesNotContain("hush-hush").contains("\"db\"");
        JsonNode running = JSON.readTree(told.body());
        assertThat(running.path("unsaid")).isEmpty();
        assertThat(running.path("credentials")).isEmpty();
        ObjectNode same = (ObjectNode) running.path("order");
        assertThat(same.path("configFiles").path("/etc/shop.conf").asText()).isEqualTo(" a = 1\nb = 2\n");
        assertThat(same.path("keepSecrets"))
                .extracting(JsonNode::asText)
                .containsExactly("API_TOKEN", "/etc/word", "DB_PSW", "DB_USR");
        assertThat(same.path("volumes").path(0).path("keep").asText()).isEqualTo("false");
        assertThat(same.path("ports").path("metrics").asText()).isEqualTo("9090");
        JsonNode before = cluster.api().get(ref.path()).path("spec").path("template");
        assertThat(post(rule, "dev", "deploy", same).body()).contains("\"ok\":true");
        assertThat(cluster.api().get(ref.path()).path("spec").path("template")).isEqualTo(before);

        same.withObjectProperty("env").put("A", "2");
        assertThat(post(rule, "dev", "deploy", same).body()).contains("\"ok\":true");
        ObjectNode after =
                cluster.api().get(ref.path()).path("spec").path("template").deepCopy();
        assertThat(after).isNotEqualTo(before);
        for (JsonNode variable : after.at("/spec/containers/0/env")) {
            if (variable.path("name").asText().equals("A")) {
                ((ObjectNode) variable).put("value", "1");
            }
        }
        assertThat(after).as("only what was changed has changed").isEqualTo(before);
        HttpResponse<String> late = post(rule, "dev", "deploy", same);
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("somebody deployed there meanwhile");
        assertThat(post(rule, "dev", "deploy", order("").put("image", "localhost/busybox:1"))
                        .body())
                .contains("of which the order says nothing");
        assertThat(post(rule, "dev", "deploy", order(",\"image\":\"localhost/busybox:1\",\"keepSecrets\":[\"NONE\"]"))
                        .statusCode())
                .isEqualTo(422);
    }

    /** The same application again, from the command line: what is not said stays, and what is said is waited for. */
    private static void theCommandLineDoesTheSame(TestCluster cluster, ObjectRef ref) throws Exception {
        assertThat(DeploySaying.say("guest", "", "prod")).startsWith("0 COMPLETE\tlocalhost/busybox");
        String told = DeploySaying.say("admin", "", "prod", "--running");
        assertThat(told).startsWith("0 {").doesNotContain("hush-hush");
        JsonNode before = cluster.api().get(ref.path()).path("spec").path("template");
        assertThat(DeploySaying.say("admin", "", "prod", "localhost/busybox:1"))
                .startsWith("1 ")
                .contains("of which the order says nothing");
        assertThat(DeploySaying.say("admin", told.substring(2), "prod", "--order", "--env", "A=3", "--dry-run"))
                .startsWith("0 ")
                .contains("update Deployment");
        assertThat(cluster.api().get(ref.path()).path("spec").path("template")).isEqualTo(before);
        assertThat(DeploySaying.say("admin", "", "prod", "--keep", "--env", "A=3", "--wait"))
                .startsWith("0 ")
                .contains("update Deployment");
        String after =
                cluster.api().get(ref.path()).path("spec").path("template").toString();
        assertThat(after.replace("\"value\":\"3\"", "\"value\":\"2\"")).isEqualTo(before.toString());
        assertThat(AuditLog.get()
                        .trail()
                        .search(AuditQuery.newest("retail", 50))
                        .entries())
                .anyMatch(line -> line.what().equals("deployment.apply")
                        && line.who().equals("admin")
                        && line.outcome() == AuditEntry.Outcome.DONE
                        && String.valueOf(line.after()).contains("busybox"));
    }

    private static void add(Credentials credentials) throws Exception {
        new SystemCredentialsProvider.ProviderImpl()
                .getStore(Jenkins.get())
                .addCredentials(Domain.global(), credentials);
    }

    @Test
    void manifestsAreAppliedFollowedAndWhatTheSetHasNoMoreGoes(JenkinsRule rule) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            ShopTenant.job(cluster, rule, false, "echo 'not run'");
            secure(rule);
            ObjectRef ref = new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "w");
            ObjectRef settings =
                    new ObjectRef(new ResourceKind("v1", "ConfigMap", "configmaps", true), cluster.namespace(), "s");
            ObjectNode order = order("").put("manifests", SLEEPER + SETTINGS);
            assertThat(post(rule, "guest", "deployManifests", order).statusCode())
                    .isEqualTo(403);
            assertThat(post(rule, "dev", "deployManifests", order("").put("manifests", "{a: 1, a: 2}"))
                            .statusCode())
                    .isEqualTo(422);
            HttpResponse<String> host = post(
                    rule,
                    "dev",
                    "deployManifests",
                    order("")
                            .put(
                                    "manifests",
                                    "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostPID: true, containers: []}}"));
            assertThat(host.statusCode()).isEqualTo(409);
            assertThat(host.body()).contains("hostPID asks for a namespace of the node");
            assertThat(post(rule, "dev", "deployManifests", order.deepCopy().put("dryRun", true))
                            .body())
                    .contains("create Deployment " + cluster.namespace() + "/w");
            assertThat(cluster.api().find(ref)).isEmpty();
            assertThat(get(rule, "manifests/prod/api/json").path("phase").asText())
                    .isEqualTo("ABSENT");

            assertThat(post(rule, "dev", "deployManifests", order).statusCode()).isEqualTo(200);
            complete(rule);
            assertThat(cluster.api()
                            .get(ref.path())
                            .at("/status/availableReplicas")
                            .asInt())
                    .isEqualTo(1);
            assertThat(cluster.api().find(settings)).isPresent();
            assertThat(post(rule, "dev", "deployManifests", order("").put("manifests", SLEEPER))
                            .statusCode())
                    .isEqualTo(200);
            complete(rule);
            assertThat(cluster.api().find(settings)).isEmpty();
            assertThat(get(rule, "manifests/prod/api/json").path("lines").toString())
                    .contains("Deployed manifests 'all' of shop in prod");
            assertThat(DeploySaying.say("dev", SLEEPER + SETTINGS, "prod", "--manifests", "--wait"))
                    .startsWith("0 ")
                    .contains("create ConfigMap")
                    .contains("Deployed manifests 'all' of shop in prod");
        }
    }

    private static void complete(JenkinsRule rule) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> get(rule, "manifests/prod/api/json").path("phase").asText(), "COMPLETE"::equals);
    }
}
