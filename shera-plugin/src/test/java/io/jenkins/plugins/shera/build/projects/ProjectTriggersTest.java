package io.jenkins.plugins.shera.build.projects;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.sun.net.httpserver.HttpServer;
import hudson.ExtensionList;
import hudson.util.Secret;
import io.jenkins.plugins.shera.build.script.BuildSettings;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jenkins.model.Jenkins;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What starts a project by itself. */
@WithJenkins
class ProjectTriggersTest {
    private Tenant tenant;
    private WorkflowJob job;

    private JenkinsRule r;

    @BeforeEach
    void project(JenkinsRule rule) throws Exception {
        r = rule;
        Folder shop = r.createProject(Folder.class, "shop");
        tenant = new Tenant("shop");
        tenant.setFolder("shop");
        SheraConfiguration.get().setTenants(List.of(tenant));
        job = shop.createProject(WorkflowJob.class, "cart");
        job.setDefinition(new CpsFlowDefinition("echo 'x'", true));
    }

    private void property(ProjectProperty property) throws Exception {
        job.removeProperty(ProjectProperty.class);
        job.addProperty(property);
    }

    private WorkflowRun built(int number) {
        Awaitility.await()
                .until(() -> job.getBuildByNumber(number) != null
                        && !job.getBuildByNumber(number).isBuilding());
        return job.getBuildByNumber(number);
    }

    private static String cause(WorkflowRun run) {
        return run.getCause(ProjectCause.class).getShortDescription();
    }

    @Test
    void theClockStartsWhatIsDueInItsMinute() throws Exception {
        ProjectProperty property = new ProjectProperty();
        property.setCron("30 2 * * *");
        property(property);
        ProjectTriggers triggers = ExtensionList.lookupSingleton(ProjectTriggers.class);
        triggers.minute(ZonedDateTime.parse("2026-11-23T02:29:00Z"));
        triggers.minute(ZonedDateTime.parse("2026-11-23T02:30:00Z"));
        assertThat(cause(built(1))).isEqualTo("Started by the schedule of the project");
        assertThat(job.getNextBuildNumber()).isEqualTo(2);
    }

    @Test
    void aNewCommitStartsItOnce() throws Exception {
        AtomicReference<String> head = new AtomicReference<>("0123456789012345678901234567890123456789");
        HttpServer git = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        git.createContext("/", exchange -> {
            String line = head.get() + " refs/heads/main\n";
            byte[] body = (String.format("%04x", line.length() + 4) + line + "0000").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-advertisement");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        git.start();
        try {
            property(new ProjectProperty());
            BuildSettings settings = new BuildSettings("")
                    .set("git", "http://127.0.0.1:" + git.getAddress().getPort() + "/shop.git")
                    .set("branch", "main");
            ProjectTriggers triggers = ExtensionList.lookupSingleton(ProjectTriggers.class);
            triggers.poll(tenant, job, settings);
            built(1);
            triggers.poll(tenant, job, settings);
            head.set("1123456789012345678901234567890123456789");
            triggers.poll(tenant, job, settings);
            assertThat(cause(built(2))).endsWith(head.get());
            assertThat(job.getNextBuildNumber()).isEqualTo(3);
        } finally {
            git.stop(0);
        }
    }

    @Test
    void theSuccessOfAnotherJobStartsIt() throws Exception {
        ProjectProperty property = new ProjectProperty();
        property.setUpstream(List.of("base"));
        property(property);
        WorkflowJob base = r.createProject(WorkflowJob.class, "base");
        base.setDefinition(new CpsFlowDefinition("error 'no'", true));
        base.scheduleBuild2(0).get();
        base.setDefinition(new CpsFlowDefinition("echo 'yes'", true));
        base.scheduleBuild2(0).get();
        assertThat(cause(built(1))).isEqualTo("Started after base#2");
        assertThat(job.getNextBuildNumber()).isEqualTo(2);
    }

    @Test
    void aSignedPushStartsItAndAnUnsignedOneIsNotFound() throws Exception {
        CredentialsProvider.lookupStores(Jenkins.get())
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new StringCredentialsImpl(CredentialsScope.GLOBAL, "hook", "", Secret.fromString("s3cret")));
        assertThat(post(r, "shop.cart", "s3cret")).isEqualTo(404);
        ProjectProperty property = new ProjectProperty();
        property.setWebhookCredentialsId("hook");
        property(property);
        assertThat(post(r, "shop.cart", "wrong")).isEqualTo(404);
        assertThat(post(r, "shop.none", "s3cret")).isEqualTo(404);
        assertThat(post(r, "shop.cart", "s3cret")).isEqualTo(204);
        assertThat(cause(built(1))).isEqualTo("Started by a push to git");
        String push = "{\"ref\":\"refs/heads/main\",\"after\":\"" + "a".repeat(40) + "\"}";
        assertThat(post(r, "shop.cart", "s3cret", push)).isEqualTo(204);
        built(2);
        assertThat(post(r, "shop.cart", "s3cret", push))
                .as("the same push again, and no hint that it is known")
                .isEqualTo(204);
        assertThat(post(r, "shop.cart", "s3cret", push.replace("aaaa", "bbbb"))).isEqualTo(204);
        built(3);
        assertThat(job.getNextBuildNumber()).isEqualTo(4);
    }

    private static int post(JenkinsRule r, String key, String secret) throws Exception {
        return post(r, key, secret, "{\"ref\":\"refs/heads/main\"}");
    }

    private static int post(JenkinsRule r, String key, String secret, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String proof = HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(r.getURL() + "shera-webhook/post/build/" + key))
                                .header("X-Hub-Signature-256", "sha256=" + proof)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
