package io.jenkins.plugins.shera.terminal.pages;

import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.JSON;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.TERMINAL;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.keys;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.letIn;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.login;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.order;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.post;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import io.jenkins.plugins.shera.terminal.cli.DebugCopyCommand;
import io.jenkins.plugins.shera.terminal.cli.Said;
import io.jenkins.plugins.shera.terminal.desk.CopyDesk;
import io.jenkins.plugins.shera.terminal.desk.Keeping;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An application of a real cluster crashes for a forgotten file, and a copy of its pod is entered; the demo's tests tell what follows. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class DebugCopyTest {

    private static final List<String> USUAL = List.of("sh", "find", "stat", "cat", "printf", "tar", "sleep");

    @TempDir
    static Path folder;

    /** Crashes while there is no {@code /etc/app.conf}. */
    private static void deploy(TestPods pods, String image) throws Exception {
        String labels = "{app.kubernetes.io/name: shop}";
        pods.apply("{apiVersion: apps/v1, kind: Deployment, metadata: {name: shop, namespace: " + pods.namespace()
                + "}, spec: {selector: {matchLabels: " + labels + "}, template: {metadata: {labels: " + labels
                + "}, spec: {terminationGracePeriodSeconds: 0, containers: [{name: main, image: '" + image
                + "', env: [{name: MODE, value: real}], readinessProbe: {exec: {command: [cat, /etc/app.conf]}},"
                + " command: [sh, -c, 'cat /etc/app.conf && exec sleep 600']}]}}}}");
    }

    private static void serve(TestPods pods) throws Exception {
        pods.apply("{apiVersion: v1, kind: Service, metadata: {name: shop, namespace: " + pods.namespace()
                + "}, spec: {selector: {app.kubernetes.io/name: shop}, ports: [{port: 80}]}}");
    }

    private static String crashed(TestPods pods) {
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () ->
                                pods
                                        .api()
                                        .list(ResourceKind.POD, pods.namespace(), "app.kubernetes.io/name=shop", "")
                                        .stream()
                                        .filter(pod -> pod.at("/status/containerStatuses/0/restartCount")
                                                        .asInt()
                                                > 0)
                                        .map(pod -> pod.at("/metadata/name").asText())
                                        .findFirst()
                                        .orElse(""),
                        name -> !name.isEmpty());
    }

    private static JsonNode list(JenkinsRule rule) throws Exception {
        HttpRequest ask = HttpRequest.newBuilder(URI.create(rule.getURL() + TERMINAL + "copies/list?environment=dev"))
                .header("Authorization", login("ada"))
                .build();
        return JSON.readTree(HttpClient.newHttpClient()
                .send(ask, HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private static String state(JenkinsRule rule, String copy) {
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> {
                            for (JsonNode each : list(rule).path("copies")) {
                                if (each.path("copy").asText().equals(copy)) {
                                    return each.path("state").asText();
                                }
                            }
                            return "gone";
                        },
                        word -> !word.equals("starting") && !word.equals("going"));
    }

    private static String made(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("copy").asText();
    }

    @Test
    void aPersonEntersACopyThatNobodyIsSentTo(JenkinsRule rule, Page page) throws Exception {
        try (TestPods pods = new TestPods(folder)) {
            PackageTenant.configure(rule, pods);
            pods.image("shop", "1", USUAL, "0");
            serve(pods);
            deploy(pods, pods.reference("shop", "1"));
            String pod = crashed(pods);

            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "ada", "ada");
            page.open(rule.getURL() + TERMINAL);
            page.until(
                    "the pod is offered",
                    "document.querySelector('.shera-copies__start')" + ".closest('section,div').textContent.includes('"
                            + pod + " / main')");
            page.click(".shera-copies__start").see(".shera-copies__row .shera-pill--ok", "running");
            page.see(".shera-copies__row code", "cat /etc/app.conf && exec sleep 600");
            page.photograph("debug-copy-light");
            page.assertAccessible("#shera-page");
            String copy = list(rule).at("/copies/0/copy").asText();
            JsonNode real = pods.api().get(new ObjectRef(ResourceKind.POD, pods.namespace(), copy).path());
            assertThat(real.path("metadata").has("ownerReferences")).isFalse();
            assertThat(real.at("/spec/containers/0/env/0/value").asText()).isEqualTo("real");
            assertThat(real.at("/spec/containers/0/image").asText()).contains("@sha256:");

            page.click(".shera-copies__row button").see("[role=status]", "Connected");
            keys(page, "echo $MODE > /etc/app.conf; cat /etc/app.conf && echo up | tr a-z A-Z\n");
            page.see(".xterm-rows", "UP");
            assertThat(endpoints(pods)).doesNotContain(copy).contains(pod);

            page.look(Theme.DARK, "zh-CN").open(rule.getURL() + TERMINAL);
            page.see(".shera-copies__row .shera-pill--ok", "\u8fd0\u884c\u4e2d");
            page.photograph("debug-copy-dark-zh");
            page.assertAccessible("#shera-page");
            page.click(".shera-copies__row button:nth-of-type(3)").click("dialog button[type=submit]");
            assertThat(state(rule, copy)).isEqualTo("gone");
            page.assertClean();
            assertThat(AuditLog.get()
                            .trail()
                            .search(AuditQuery.newest("retail", 30))
                            .entries())
                    .extracting(entry -> entry.what() + " " + entry.who() + " " + entry.outcome())
                    .contains("debug-copy.start ada DONE", "debug-copy.delete ada DONE");
        }
    }

    private static String endpoints(TestPods pods) throws Exception {
        ResourceKind slices = new ResourceKind("discovery.k8s.io/v1", "EndpointSlice", "endpointslices", true);
        return await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> pods.api()
                                .list(slices, pods.namespace(), "kubernetes.io/service-name=shop", "")
                                .toString(),
                        text -> text.contains("targetRef"));
    }

    @Test
    void whatStandsInTheWayIsToldAndWhatEndedIsTakenAway(JenkinsRule rule) throws Exception {
        try (TestPods pods = new TestPods(folder)) {
            PackageTenant.configure(rule, pods);
            pods.image("shop", "1", USUAL, "0");
            pods.image("shop", "bare", List.of("sleep"), "0");
            pods.start("shop-1", pods.reference("shop", "1"));
            pods.start("bare-1", pods.reference("shop", "bare"));
            pods.apply("{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data, namespace: "
                    + pods.namespace()
                    + "}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}}");
            pods.apply("{apiVersion: v1, kind: Pod, metadata: {name: disk-1, namespace: " + pods.namespace()
                    + ", labels: {app.kubernetes.io/name: shop}}, spec: {containers: [{name: main, image: '"
                    + pods.reference("shop", "1")
                    + "'}], volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]}}");

            assertThat(post(rule, "viewer", "copies/start", order("shop-1")).statusCode())
                    .isIn(403, 404);
            refused(post(rule, "ada", "copies/start", order("other")), 404, 422, "no such pod");
            refused(post(rule, "ada", "copies/start", order("shop-1").put("minutes", 1)), 422, 422, "minutes");
            refused(post(rule, "ada", "copies/start", order("shop-1").put("claims", "x")), 422, 422, "volumes");
            refused(post(rule, "ada", "copies/start", order("disk-1")), 422, 422, "second one");
            refused(
                    post(
                            rule,
                            "ada",
                            "copies/delete",
                            JSON.createObjectNode().put("environment", "dev").put("copy", "shop-1")),
                    404,
                    422,
                    "no such debug copy");

            String bare = made(post(rule, "ada", "copies/start", order("bare-1")));
            assertThat(state(rule, bare)).isEqualTo("noshell");

            letIn(pods, "web*");
            refused(post(rule, "ada", "copies/start", order("shop-1")), 403, 403, "lets nobody");
            assertThat(list(rule).path("pods")).isEmpty();
            letIn(pods, "*");

            DebugCopyCommand command = new DebugCopyCommand();
            command.tenant = "retail";
            command.application = "shop";
            command.environment = "dev";
            command.pod = "shop-1";
            assertThat(Said.by(command)).startsWith("1\n").contains("SYSTEM");
            try (ACLContext ignored = ACL.as2(User.getById("ada", true).impersonate2())) {
                assertThat(Said.by(command)).startsWith("0\nshop-1-debug-");
                command.pod = "";
                assertThat(Said.by(command)).contains("shop-1-debug-", " running ", "bare-1 main running 0");
            }
            for (int i = 1; i < CopyDesk.MOST; i++) {
                made(post(rule, "ada", "copies/start", order("shop-1")));
            }
            refused(post(rule, "ada", "copies/start", order("shop-1")), 409, 409, "5 debug copies of 5");

            Keeping.round(Duration.ofHours(9));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> list(rule).path("copies").isEmpty());

            pods.apply("{apiVersion: v1, kind: ResourceQuota, metadata: {name: few, namespace: " + pods.namespace()
                    + "}, spec: {hard: {pods: '1'}}}");
            ResourceKind quotas = new ResourceKind("v1", "ResourceQuota", "resourcequotas", true);
            await().atMost(Duration.ofMinutes(1)).until(() -> pods.api()
                    .get(new ObjectRef(quotas, pods.namespace(), "few").path())
                    .at("/status/used")
                    .has("pods"));
            refused(post(rule, "ada", "copies/start", order("shop-1")), 409, 409, "The quota of the namespace");
            ResourceKind namespaces = new ResourceKind("v1", "Namespace", "namespaces", false);
            pods.api()
                    .merge(
                            new ObjectRef(namespaces, "", pods.namespace()),
                            JSON.readTree(
                                    "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/enforce\":\"restricted\"}}}"));
            refused(post(rule, "ada", "copies/start", order("shop-1")), 409, 409, "does not take such a pod");
        }
    }
}
