package io.jenkins.plugins.shera.platform.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.ExtensionList;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The console over HTTP: who sees what, who may change what, and what a no looks like. */
@WithJenkins
class ConsoleTest {

    private static final String APPLICATION = "shera/tenant/payments/application/checkout";

    private JenkinsRule r;

    @BeforeEach
    void twoTenants(JenkinsRule rule) throws Exception {
        r = rule;
        Folder pay = r.createProject(Folder.class, "pay");
        Folder risk = r.createProject(Folder.class, "risk");
        SheraConfiguration configuration = SheraConfiguration.get();
        KubernetesCluster east = new KubernetesCluster("east");
        east.setServer("https://127.0.0.1:1");
        configuration.setClusters(List.of(east));
        configuration.setRegistries(List.of(new ContainerRegistry("house", "127.0.0.1:1")));
        configuration.setTenants(List.of(tenant("payments", "pay"), tenant("risk", "risk")));
        Application checkout = new Application("payments", "checkout");
        checkout.setEnvironments(List.of(new Environment("prod", "east", "pay")));
        configuration.setApplications(List.of(checkout));
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "ada", "risky", "boss")
                .grant(SheraPermissions.VIEW)
                .onFolders(pay)
                .to("ada")
                .grant(SheraPermissions.ADMINISTER)
                .onFolders(pay)
                .to("boss")
                .grant(SheraPermissions.ADMINISTER)
                .onFolders(risk)
                .to("risky"));
    }

    @Test
    void tellsAnAdministratorTheFirstStepsAndWhatAnswers() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode console =
                mapper.readTree(new Visitor(r, "root").get("shera/api/json").body());
        assertThat(console.path("firstSteps"))
                .extracting(step ->
                        step.path("id").asText() + " " + step.path("needed").asBoolean() + " "
                                + step.path("done").asBoolean())
                .startsWith("cluster true true", "registry true true", "tenant true true", "application true true");
        assertThat(mapper.readTree(new Visitor(r, "ada").get("shera/api/json").body())
                        .path("firstSteps"))
                .isEmpty();

        assertThat(new Visitor(r, "ada")
                        .post("shera/platform/askConnections", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(new Visitor(r, "root")
                        .post("shera/platform/askConnections", "{}")
                        .statusCode())
                .isEqualTo(200);
        JsonNode connections = mapper.readTree(
                        new Visitor(r, "root").get("shera/platform/api/json").body())
                .path("connections");
        assertThat(connections)
                .extracting(each -> each.path("kind").asText() + " "
                        + each.path("name").asText() + " " + each.path("state").asText())
                .startsWith("cluster east down", "registry house down");
        assertThat(connections.get(0).path("message").asText()).contains("cluster east");
    }

    @Test
    void showsEachOnlyTheTenantsTheyMaySee() throws Exception {
        assertThat(tenants(r, "reader")).isEmpty();
        assertThat(tenants(r, "ada")).containsExactly("payments");
        assertThat(tenants(r, "risky")).containsExactly("risk");
        assertThat(tenants(r, "root")).containsExactly("payments", "risk");
    }

    @Test
    void holdsThePermissionsOverEveryRead() throws Exception {
        // anonymous, Overall/Read, another tenant's administrator, viewer, tenant's administrator, administrator
        assertReads(r, "shera", 403, 200, 200, 200, 200, 200);
        assertReads(r, "shera/tenant/payments", 403, 404, 404, 200, 200, 200);
        assertReads(r, "shera/tenant/payments/use", 403, 404, 404, 200, 200, 200);
        assertReads(r, APPLICATION, 403, 404, 404, 200, 200, 200);
        assertReads(r, APPLICATION + "/timeline", 403, 404, 404, 200, 200, 200);
        assertReads(r, APPLICATION + "/environment/prod", 403, 404, 404, 200, 200, 200);
        assertReads(r, "shera/platform", 403, 403, 403, 403, 403, 200);
        assertReads(r, "shera/platform/cluster/east", 403, 403, 403, 403, 403, 200);
        assertReads(r, "shera/platform/registry/house", 403, 403, 403, 403, 403, 200);
        assertReads(r, "shera/audit", 403, 403, 403, 403, 403, 200);
    }

    @Test
    void holdsThePermissionsOverEveryWrite() throws Exception {
        // A field nobody knows: whoever gets as far as 422 was let through, and nothing is changed.
        assertWrites(r, "shera/createTenant", 403, 403, 403, 403, 403, 422);
        assertWrites(r, "shera/tenant/payments/update", 403, 404, 404, 403, 403, 422);
        assertWrites(r, "shera/tenant/payments/remove", 403, 404, 404, 403, 403, 422);
        assertWrites(r, "shera/tenant/payments/createApplication", 403, 404, 404, 403, 422, 422);
        for (String verb : List.of("update", "remove", "createEnvironment")) {
            assertWrites(r, APPLICATION + "/" + verb, 403, 404, 404, 403, 422, 422);
        }
        for (String verb : List.of("update", "remove")) {
            assertWrites(r, APPLICATION + "/environment/prod/" + verb, 403, 404, 404, 403, 422, 422);
        }
        for (String verb : List.of(
                "createCluster",
                "createRegistry",
                "cluster/east/update",
                "cluster/east/remove",
                "cluster/east/test",
                "registry/house/update",
                "registry/house/remove",
                "registry/house/test")) {
            assertWrites(r, "shera/platform/" + verb, 403, 403, 403, 403, 403, 422);
        }
        assertThat(SheraConfiguration.get().getTenants()).hasSize(2);
    }

    @Test
    void refusesToWriteByGetOrWithoutACrumb() throws Exception {
        assertThat(new Visitor(r, "root").get("shera/createTenant").statusCode())
                .isEqualTo(405);
        assertThat(new Visitor(r, "root")
                        .postWithoutCrumb("shera/createTenant", "{}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void createsChangesAndRemovesAnApplication() throws Exception {
        Visitor boss = new Visitor(r, "boss");

        JsonNode created = ok(
                boss.post(
                        "shera/tenant/payments/createApplication",
                        "{\"name\":\"rates\",\"environments\":[{\"name\":\"dev\",\"cluster\":\"east\",\"namespace\":\"pay\"}]}"));
        assertThat(created.path("url").asText()).isEqualTo("/jenkins/shera/tenant/payments/application/rates");
        JsonNode read = boss.json("shera/tenant/payments/application/rates");
        assertThat(read.path("environments")
                        .path(0)
                        .path("policy")
                        .path("podSecurity")
                        .asText())
                .isEqualTo("baseline");
        assertThat(boss.json("shera/tenant/payments/application/rates/timeline")
                        .path("entries")
                        .path(0)
                        .path("kind")
                        .asText())
                .isEqualTo("config");
        assertThat(boss.post("shera/tenant/payments/application/rates/update", "{\"version\":99}")
                        .statusCode())
                .isEqualTo(409);
        ok(boss.post("shera/tenant/payments/application/rates/remove", "{\"version\":1}"));
        assertThat(boss.get("shera/tenant/payments/application/rates/").statusCode())
                .isEqualTo(404);
    }

    @Test
    void saysWhatWhereWhyAndWhatNext() throws Exception {
        HttpResponse<String> answer = new Visitor(r, "boss")
                .post(
                        "shera/tenant/payments/createApplication",
                        "{\"name\":\"rates\",\"environments\":[{\"name\":\"dev\",\"cluster\":\"west\",\"namespace\":\"pay\"}]}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"Nothing was changed.\",\"where\":\"environments[0].cluster\","
                        + "\"why\":\"there is no cluster west.\","
                        + "\"next\":\"Check its id, or let an administrator add it on the platform page.\"}");
    }

    @Test
    void answersWhenAClusterOrARegistryIsDown() throws Exception {
        Visitor root = new Visitor(r, "root");

        assertThat(root.post("shera/platform/cluster/east/test", "{}").statusCode())
                .isEqualTo(502);
        assertThat(root.post("shera/platform/registry/house/test", "{}").statusCode())
                .isEqualTo(502);
        JsonNode use = root.json("shera/tenant/payments/use");
        assertThat(use.path("namespaces").path(0).path("error").asText()).isNotEmpty();
        assertThat(use.path("total").path("cpu").path("used").isNull()).isTrue();
    }

    @Test
    void drawsItsPagesAsOneShellWithTextsInTheReadersLanguage() throws Exception {
        String page = new Visitor(r, "ada").get("shera/tenant/payments/").body();

        assertThat(page)
                .contains("id=\"shera-page\"", "data-page=\"tenant\"", "data-url=\"/jenkins/shera/tenant/payments\"")
                .contains("/plugin/shera-platform/pages/tenant.js")
                .contains("applications.none");
    }

    @Test
    void refusesABadQueryAsItRefusesABadWrite() throws Exception {
        for (String path : List.of(
                APPLICATION + "/timeline/api/json?limit=many",
                APPLICATION + "/timeline/api/json?kind=nonsense",
                "shera/audit/api/json?since=yesterday",
                "shera/audit/api/json?before=x")) {
            HttpResponse<String> answer = new Visitor(r, "root").get(path);

            assertThat(answer.statusCode()).as(path).isEqualTo(422);
            assertThat(new ObjectMapper().readTree(answer.body()).fieldNames())
                    .toIterable()
                    .containsExactly("error", "where", "why", "next");
        }
        assertThat(new Visitor(r, "root").get("shera/audit/?since=yesterday").statusCode())
                .isEqualTo(200);
    }

    @Test
    void keepsTheFreezesOfATenantAndSaysWhichHoldNow() throws Exception {
        Visitor root = new Visitor(r, "root");
        String freeze =
                "{\"name\":\"year's end\",\"days\":\"%s\",\"zone\":\"Asia/Shanghai\",\"environments\":\"prod\"}";
        String body = "{\"folder\":\"risk\",\"freezes\":[" + freeze + "]}";
        assertRefused(root.post("shera/tenant/risk/update", body.formatted("MOON")), 422, "freezes[0].days");

        assertThat(root.post("shera/tenant/risk/update", body.formatted("")).statusCode())
                .isEqualTo(200);

        JsonNode read = root.json("shera/tenant/risk").path("freezes").path(0);
        assertThat(read.path("name").asText()).isEqualTo("year's end");
        assertThat(read.path("environments").asText()).isEqualTo("prod");
        assertThat(read.path("holding").asBoolean()).isTrue();
    }

    @Test
    void refusesATakenNameAtItsField() throws Exception {
        Visitor root = new Visitor(r, "root");

        assertRefused(root.post("shera/createTenant", "{\"id\":\"risk\",\"folder\":\"elsewhere\"}"), 409, "id");
        assertRefused(root.post("shera/tenant/payments/createApplication", "{\"name\":\"checkout\"}"), 409, "name");
        assertRefused(
                root.post("shera/platform/createRegistry", "{\"id\":\"house\",\"address\":\"a.example.com\"}"),
                409,
                "id");
    }

    @Test
    void takesATenantWhoseFolderComesLaterAndWarnsOfIt() throws Exception {
        JsonNode created =
                ok(new Visitor(r, "root").post("shera/createTenant", "{\"id\":\"new\",\"folder\":\"not/yet\"}"));

        assertThat(created.path("warnings").path(0).path("where").asText()).isEqualTo("folder");
        assertThat(tenants(r, "risky")).containsExactly("risk");
    }

    @Test
    void answersWhileSomebodyTypesAndStoresNothing() throws Exception {
        Visitor root = new Visitor(r, "root");
        long lines = root.json("shera/audit").path("entries").size();

        assertRefused(
                root.post("shera/createTenant?check=true", "{\"id\":\"risk\",\"folder\":\"elsewhere\"}"), 409, "id");
        ok(root.post("shera/createTenant?check=true", "{\"id\":\"fresh\",\"folder\":\"fresh\"}"));
        ok(root.post("shera/tenant/risk/update?check=true", "{\"folder\":\"risk\",\"displayName\":\"Other\"}"));

        assertThat(tenants(r, "root")).containsExactly("payments", "risk");
        assertThat(root.json("shera/tenant/risk").path("title").asText()).isEqualTo("risk");
        assertThat(root.json("shera/audit").path("entries").size()).isEqualTo((int) lines);
    }

    @Test
    void offersTheTabsOfOthersToThoseWhoMayOpenThemAlone() throws Exception {
        ExtensionList.lookup(ApplicationTab.class).add(new SampleTab("for-viewers", SheraPermissions.VIEW));
        ExtensionList.lookup(ApplicationTab.class).add(new SampleTab("for-few", SheraPermissions.TERMINAL));
        Visitor ada = new Visitor(r, "ada");

        assertThat(ada.json(APPLICATION).path("tabs").findValuesAsText("id"))
                .containsExactly("overview", "for-viewers");
        assertThat(ada.json(APPLICATION + "/for-viewers").path("secret").asText())
                .isEqualTo("seen");
        assertThat(ada.get(APPLICATION + "/for-few/api/json").statusCode()).isEqualTo(404);
        assertThat(new Visitor(r, "root").json(APPLICATION).path("tabs").findValuesAsText("id"))
                .containsExactly("overview", "for-few", "for-viewers");
        assertThat(new Visitor(r, "root").get(APPLICATION + "/for-few/").body())
                .contains("data-tab=\"for-few\"", "/plugin/sample/pages/for-few.js", "/plugin/sample/sample.css");
    }

    @Test
    void leadsFromTheAddressOfAPartToThePageThatShowsIt() throws Exception {
        for (String path : List.of("shera/platform/cluster/east/", "shera/platform/registry/house/")) {
            HttpResponse<String> answer = new Visitor(r, "root").get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location")).hasValue("/jenkins/shera/platform/");
        }
        assertThat(new Visitor(r, "ada")
                        .get(APPLICATION + "/environment/prod/")
                        .headers()
                        .firstValue("Location"))
                .hasValue("/jenkins/" + APPLICATION + "/");
    }

    @Test
    void leadsFromTheFolderAndItsJobsToTheTenant() throws Exception {
        Folder pay = (Folder) r.jenkins.getItem("pay");
        WorkflowJob job = pay.createProject(WorkflowJob.class, "build");

        for (String path : List.of(pay.getUrl(), job.getUrl())) {
            assertThat(new Visitor(r, "root").get(path).body()).contains("href=\"/jenkins/shera/tenant/payments\"");
        }
        assertThat(job.getAllActions()).anyMatch(each -> "/shera/tenant/payments".equals(each.getUrlName()));
        try (ACLContext as = ACL.as2(User.getById("risky", true).impersonate2())) {
            assertThat(job.getAllActions()).noneMatch(each -> "/shera/tenant/payments".equals(each.getUrlName()));
        }
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String where) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(new ObjectMapper().readTree(answer.body()).path("where").asText())
                .isEqualTo(where);
    }

    private static List<String> tenants(JenkinsRule r, String who) throws Exception {
        List<String> ids = new ArrayList<>();
        new Visitor(r, who)
                .json("shera")
                .path("tenants")
                .forEach(each -> ids.add(each.path("id").asText()));
        return ids;
    }

    private static final List<String> EVERYBODY = List.of("", "reader", "risky", "ada", "boss", "root");

    private static void assertReads(JenkinsRule r, String path, Integer... expected) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (String who : EVERYBODY) {
            statuses.add(new Visitor(r, who).get(path + "/api/json").statusCode());
        }
        assertThat(statuses).as("GET " + path + " as " + EVERYBODY).containsExactly(expected);
    }

    private static void assertWrites(JenkinsRule r, String path, Integer... expected) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (String who : EVERYBODY) {
            statuses.add(
                    new Visitor(r, who).post(path, "{\"nobodyKnowsThis\":1}").statusCode());
        }
        assertThat(statuses).as("POST " + path + " as " + EVERYBODY).containsExactly(expected);
    }

    private static JsonNode ok(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private static Tenant tenant(String id, String folder) {
        Tenant tenant = new Tenant(id);
        tenant.setFolder(folder);
        tenant.setClusters(List.of("east"));
        tenant.setRegistries(List.of("house"));
        tenant.setNamespaces(List.of(new TenantNamespace("east", folder)));
        return tenant;
    }
}
