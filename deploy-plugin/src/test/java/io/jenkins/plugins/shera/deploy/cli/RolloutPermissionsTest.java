package io.jenkins.plugins.shera.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.audit.AuditEntry;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who may give which verb over REST and the command line. What is allowed fails later, at what it says; no cluster is asked. */
@WithJenkins
class RolloutPermissionsTest {

    private static final String RELEASES = "shera/tenant/retail/application/shop/releases/";

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        rule.createProject(Folder.class, "retail");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        MockAuthorizationStrategy rights = new MockAuthorizationStrategy();
        rights.grant(Jenkins.READ, hudson.model.Item.READ, SheraPermissions.VIEW)
                .everywhere()
                .to("viewer", "deployer", "promoter");
        rights.grant(SheraPermissions.DEPLOY).everywhere().to("deployer");
        rights.grant(SheraPermissions.PROMOTE).everywhere().to("promoter");
        rule.jenkins.setAuthorizationStrategy(rights);
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            KubernetesCluster gone = new KubernetesCluster("gone");
            gone.setServer("https://127.0.0.1:1");
            gone.setImpersonation(true);
            Tenant tenant = new Tenant("retail");
            tenant.setFolder("retail");
            tenant.setClusters(List.of("gone"));
            tenant.setNamespaces(List.of(new TenantNamespace("gone", "shop-prod")));
            Application shop = new Application("retail", "shop");
            shop.setEnvironments(List.of(new Environment("prod", "gone", "shop-prod")));
            SheraConfiguration.get().setClusters(List.of(gone));
            SheraConfiguration.get().setTenants(List.of(tenant));
            SheraConfiguration.get().setApplications(List.of(shop));
        }
    }

    private int post(String user, String verb, String body) throws Exception {
        String login = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        JsonNode crumb = new ObjectMapper()
                .readTree(client.send(
                                request("crumbIssuer/api/json", login).build(), HttpResponse.BodyHandlers.ofString())
                        .body());
        HttpRequest request = request(RELEASES + verb, login)
                .header("Content-Type", "application/json")
                .header(
                        crumb.path("crumbRequestField").asText(),
                        crumb.path("crumb").asText())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).startsWith("{");
        return answer.statusCode();
    }

    private HttpRequest.Builder request(String path, String login) throws Exception {
        return HttpRequest.newBuilder(URI.create(jenkins.getURL() + path)).header("Authorization", "Basic " + login);
    }

    @Test
    void goingForwardWantsPromoteHoldingAndGoingBackAlsoTakesDeploy() throws Exception {
        String prod = "{\"environment\":\"prod\"}";
        for (String verb : List.of("promote", "promoteFull", "resume", "retry", "setWeight")) {
            assertThat(post("viewer", verb, prod)).as(verb).isEqualTo(403);
            assertThat(post("deployer", verb, prod)).as(verb).isEqualTo(403);
        }
        for (String verb : List.of("abort", "pause", "undo", "begin")) {
            assertThat(post("viewer", verb, prod)).as(verb).isEqualTo(403);
        }
        assertThat(post("promoter", "promote", "{\"environment\":\"absent\"}")).isEqualTo(422);
        assertThat(post("promoter", "promote", "{\"environment\":\"prod\",\"surplus\":1}"))
                .isEqualTo(422);
        assertThat(post("deployer", "undo", "{\"environment\":\"prod\",\"revision\":\"x\"}"))
                .isEqualTo(422);
        assertThat(post("deployer", "abort", "{\"environment\":\"absent\"}")).isEqualTo(422);
    }

    @Test
    void theCommandLineAsksForTheSameRights() {
        assertThat(say("viewer", "promote")).startsWith("1 ").contains("Promote");
        assertThat(say("deployer", "promoteFull")).startsWith("1 ").contains("Promote");
        assertThat(say("promoter", "leap")).startsWith("1 ").contains("promote, promoteFull");
        assertThat(say("promoter", "setWeight")).startsWith("1 ").contains("VALUE");
        assertThat(say("promoter", "decidePromote")).startsWith("1 ").doesNotContain("decide");
        assertThat(RolloutSaying.set("deployer", "shop", "promote"))
                .startsWith("1 ")
                .contains("Promote");
        assertThat(RolloutSaying.set("promoter", "shop", "setWeight"))
                .startsWith("1 ")
                .contains("promote, promoteFull");
    }

    @Test
    void aReleaseSetIsBegunByWhoMayDeployAndOnlyWhenItIsWhole() throws Exception {
        String shop = "{\"application\":\"shop\",\"environment\":\"prod\",\"router\":\"replicas\",\"image\":\"a:1\"%s}";
        String alone = "{\"members\":[" + shop.formatted("") + "]}";
        assertThat(post("viewer", "beginSet", alone)).isEqualTo(403);
        assertThat(post("deployer", "beginSet", alone)).isEqualTo(422);
        assertThat(post("deployer", "beginSet", "{\"members\":[],\"override\":\"at night\"}"))
                .isEqualTo(403);
        assertThat(post("deployer", "beginSet", alone.replace("shop", "absent")))
                .isEqualTo(422);
        assertThat(post("deployer", "beginSet", "{\"members\":[" + shop.formatted(",\"from\":\"prod\"") + "]}"))
                .isEqualTo(422);
        String twice = "{\"members\":[" + shop.formatted("") + "," + shop.formatted("") + "]}";
        assertThat(post("deployer", "beginSet", twice)).isEqualTo(422);
        assertThat(post("deployer", "beginSet", twice.replace("\"replicas\"", "\"absent\"")))
                .isEqualTo(422);

        assertThat(ReleaseSetSaying.say("viewer", List.of("shop/prod=a:1"), List.of()))
                .startsWith("1 ")
                .contains("Deploy");
        assertThat(ReleaseSetSaying.say("deployer", List.of("shop/prod=a:1"), List.of()))
                .startsWith("1 ")
                .contains("at least two");
        assertThat(ReleaseSetSaying.say("deployer", List.of("shop/prod"), List.of()))
                .startsWith("1 ")
                .contains("shop/prod=from:staging");
        assertThat(ReleaseSetSaying.say("deployer", List.of("shop/prod=from:absent"), List.of()))
                .startsWith("1 ")
                .contains("shop/absent");
        assertThat(ReleaseSetSaying.say("deployer", List.of("shop/prod=a:1"), List.of("stock/prod=shop")))
                .startsWith("1 ")
                .contains("stock/prod is not a member");
    }

    @Test
    void aDeploymentAsksForTheSameRightsAndRefusesWhatItDoesNotKnow() {
        assertThat(DeploySaying.say("viewer", "", "prod", "a:1"))
                .startsWith("1 ")
                .contains("Deploy");
        assertThat(DeploySaying.say("viewer", "", "prod", "--running"))
                .startsWith("1 ")
                .contains("Deploy");
        assertThat(DeploySaying.say("viewer", "", "prod", "--manifests"))
                .startsWith("1 ")
                .contains("Deploy");
        assertThat(DeploySaying.say("deployer", "", "absent", "a:1"))
                .startsWith("1 ")
                .contains("absent");
        assertThat(DeploySaying.say("deployer", "", "prod", "a:1", "--override", "at night"))
                .startsWith("1 ")
                .contains("Promote");
        assertThat(DeploySaying.say("deployer", "", "prod", "a:1", "--secret", "DB=db"))
                .startsWith("1 ")
                .contains(CredentialsProvider.USE_ITEM.name);
        assertThat(DeploySaying.say("deployer", "", "prod", "a:1", "--env", "MODE"))
                .startsWith("1 ")
                .contains("--env MODE=prod");
        assertThat(DeploySaying.say("deployer", "", "prod", "a:1", "--set", "web"))
                .startsWith("2 ");
        assertThat(DeploySaying.say("deployer", "{\"image\":\"a:1\",\"surplus\":1}", "prod", "--order"))
                .startsWith("1 ")
                .contains("surplus");
        assertThat(DeploySaying.say("deployer", "[1]", "prod", "--order")).startsWith("1 ");
        assertThat(DeploySaying.say("deployer", "{\"image\":\"a:1\",\"image\":\"b:1\"}", "prod", "--order"))
                .startsWith("1 ");
        assertThat(DeploySaying.say("deployer", "{\"environment\":\"dev\",\"image\":\"a:1\"}", "prod", "--order"))
                .startsWith("1 ")
                .contains("for the environment dev");
        assertThat(DeploySaying.say("deployer", "x".repeat((3 << 20) + 1), "prod", "--manifests"))
                .startsWith("1 ")
                .contains("--set");
        // What could be meant is told without the cluster, which does not answer here.
        assertThat(DeploySaying.say("deployer", "{\"port\":8080}", "prod", "a:1", "--order", "--check"))
                .isEqualTo("0 ");
        assertThat(DeploySaying.say("deployer", "", "prod", "a:1", "--port", "99999", "--check"))
                .startsWith("1 ")
                .contains("port");
    }

    /** As over REST: what somebody tried is told, what only asks or shows is not, and a word that is no verb names no change. */
    @Test
    void whatTheCommandLineRefusesStandsInTheAuditTrail() throws Exception {
        say("viewer", "promote");
        say("promoter", "leap");
        DeploySaying.say("viewer", "", "prod", "a:1");
        DeploySaying.say("deployer", "", "prod", "a:1", "--port", "99999", "--check");
        DeploySaying.say("viewer", "", "prod", "a:1", "--check");
        assertThat(StorageSaying.say("viewer", "data", "1Gi", "")).startsWith("1 ");
        assertThat(MiddlewareSaying.say("viewer", command -> {
                    command.name = "db";
                    command.rotate = true;
                }))
                .startsWith("1 ");
        assertThat(ApmSaying.say("viewer", command -> command.mode = "on")).startsWith("1 ");
        ScaleCommand scale = new ScaleCommand();
        scale.number = "3";
        assertThat(said("viewer", scale, "retail")).isEqualTo(1);
        ReleaseSetSaying.say("viewer", List.of("shop/prod=a:1"), List.of());
        ScaleCommand elsewhere = new ScaleCommand();
        elsewhere.number = "3";
        assertThat(said("promoter", elsewhere, "x".repeat(500))).isEqualTo(1);

        assertThat(AuditLog.get().trail().search(AuditQuery.newest("", 50)).entries())
                .filteredOn(each -> each.outcome() == AuditEntry.Outcome.REFUSED)
                .extracting(each -> each.who() + " " + each.what() + " " + each.subject() + " " + each.tenant())
                .containsExactlyInAnyOrder(
                        "viewer rollout.promote retail/shop retail",
                        "viewer deployment.apply retail/shop retail",
                        "viewer deployment.apply retail/shop retail",
                        "viewer storage.change retail/shop retail",
                        "viewer middleware.rotate retail/shop retail",
                        "viewer apm.switch retail/shop retail",
                        "viewer application.scale retail/shop retail",
                        "viewer set.begin retail retail",
                        "promoter application.scale " + "x".repeat(200) + " ");
    }

    private static int said(String user, PlaceCommand command, String tenant) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            command.stdout = nowhere;
            command.stderr = nowhere;
            command.tenant = tenant;
            command.application = "shop";
            command.environment = "prod";
            return command.run();
        }
    }

    private static String say(String user, String verb) {
        return RolloutSaying.alone(user, "shop", verb);
    }
}
