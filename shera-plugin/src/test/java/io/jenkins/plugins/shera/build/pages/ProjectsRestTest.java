package io.jenkins.plugins.shera.build.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.shera.build.script.BuildSettings;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Projects over HTTP: made, read, changed, built, stopped, removed; who may, and what the OpenAPI document promises of it. */
@WithJenkins
class ProjectsRestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROJECTS = "shera/tenant/shop/projects";
    private static final String SETTINGS =
            "\"settings\":{\"image\":\"shop\",\"git\":\"https://git.example.com/shop.git\",\"maven\":\"verify\",\"properties\":{\"sonar.exclusions\":\"a\"}}";

    private JenkinsRule r;

    @BeforeEach
    void tenant(JenkinsRule rule) throws Exception {
        r = rule;
        Folder shop = r.createProject(Folder.class, "shop");
        Tenant tenant = new Tenant("shop");
        tenant.setFolder("shop");
        tenant.setRegistries(List.of("house"));
        SheraConfiguration.get().setRegistries(List.of(new ContainerRegistry("house", "127.0.0.1:1")));
        SheraConfiguration.get().setTenants(List.of(tenant));
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root")
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger", "viewer", "builder")
                .grant(SheraPermissions.VIEW, Item.READ)
                .onFolders(shop)
                .to("viewer")
                .grant(
                        SheraPermissions.VIEW,
                        SheraPermissions.BUILD,
                        Item.READ,
                        Item.CREATE,
                        Item.CONFIGURE,
                        Item.BUILD,
                        Item.CANCEL,
                        Item.DELETE)
                .onFolders(shop)
                .to("builder"));
    }

    private static JsonNode ok(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String create(String name, String more) {
        return "{\"name\":\"" + name + "\"," + SETTINGS + more + "}";
    }

    @Test
    void aProjectIsMadeReadChangedBuiltStoppedAndRemoved() throws Exception {
        Visitor builder = new Visitor(r, "builder");
        ok(builder.post(PROJECTS + "/create?check=true", create("cart", "")));
        assertThat(builder.json(PROJECTS).path("projects")).isEmpty();
        ok(builder.post(PROJECTS + "/create", create("cart", ",\"triggers\":{\"cron\":\"H 2 * * *\"}")));
        WorkflowJob job = r.jenkins.getItemByFullName("shop/cart", WorkflowJob.class);
        assertThat(((CpsFlowDefinition) job.getDefinition()).getScript())
                .contains("git: 'https://git.example.com/shop.git'");

        String project = PROJECTS + "/project/cart";
        JsonNode read = builder.json(project);
        assertThat(read.path("settings")
                        .path("properties")
                        .path("sonar.exclusions")
                        .asText())
                .isEqualTo("a");
        assertThat(read.path("triggers").path("cron").asText()).isEqualTo("H 2 * * *");
        assertThat(read.path("byHand").asBoolean()).isFalse();
        ok(builder.post(project + "/update", create("cart", "").replace("verify", "package")));
        assertThat(builder.json(project).path("settings").path("maven").asText())
                .isEqualTo("package");
        assertThat(builder.json(project).path("triggers").path("cron").asText()).isEmpty();

        job.setDefinition(new CpsFlowDefinition("echo 'waiting'\nsleep 600", true));
        assertThat(builder.post(project + "/update", create("cart", "")).statusCode())
                .isEqualTo(409);
        ok(builder.post(project + "/build", "{}"));
        Awaitility.await()
                .until(() -> builder.get(project + "/run/1/log").body().contains("waiting"));
        assertThat(builder.json(project + "/run/1").path("building").asBoolean())
                .isTrue();
        ok(builder.post(project + "/run/1/stop", "{}"));
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(job.getBuildByNumber(1)));
        assertThat(builder.json(PROJECTS)
                        .path("projects")
                        .path(0)
                        .path("last")
                        .path("result")
                        .asText())
                .isEqualTo("ABORTED");
        HttpResponse<String> log = builder.get(project + "/run/1/log?start=5");
        assertThat(log.headers().firstValue("X-More-Data")).isEmpty();

        ok(builder.post(project + "/remove", "{}"));
        assertThat(r.jenkins.getItemByFullName("shop/cart")).isNull();
    }

    @Test
    void aJobThatIsThereBecomesAProjectAndKeepsItsScript() throws Exception {
        Folder shop = (Folder) r.jenkins.getItemByFullName("shop");
        shop.createProject(WorkflowJob.class, "old").setDefinition(new CpsFlowDefinition("echo 'x'", true));
        Visitor builder = new Visitor(r, "builder");
        assertThat(builder.json(PROJECTS).path("otherJobs").path(0).asText()).isEqualTo("old");
        ok(builder.post(PROJECTS + "/import", "{\"job\":\"old\"}"));
        JsonNode read = builder.json(PROJECTS + "/project/old");
        assertThat(read.path("byHand").asBoolean()).isTrue();
        assertThat(read.path("script").asText()).isEqualTo("echo 'x'");
        ok(builder.post(PROJECTS + "/project/old/update", "{\"triggers\":{\"upstream\":[\"shop/other\"]}}"));
        assertThat(builder.json(PROJECTS + "/project/old")
                        .path("triggers")
                        .path("upstream")
                        .path(0)
                        .asText())
                .isEqualTo("shop/other");
    }

    @Test
    void theSbomIsSwitchedOffAndOnAgainAndKnownOfAnImportedJob() throws Exception {
        Visitor builder = new Visitor(r, "builder");
        String off = create("cart", "").replace("\"maven\"", "\"sbom\":false,\"maven\"");
        ok(builder.post(PROJECTS + "/create", off));
        JsonNode read = builder.json(PROJECTS + "/project/cart");
        assertThat(read.at("/settings/sbom").isBoolean()).isTrue();
        assertThat(read.at("/settings/sbom").asBoolean()).isFalse();
        String script = read.path("script").asText();
        assertThat(script).contains("sbom: false");

        Folder shop = (Folder) r.jenkins.getItemByFullName("shop");
        shop.createProject(WorkflowJob.class, "old").setDefinition(new CpsFlowDefinition(script, true));
        ok(builder.post(PROJECTS + "/import", "{\"job\":\"old\"}"));
        assertThat(builder.json(PROJECTS + "/project/old").path("settings")).isEqualTo(read.path("settings"));

        for (String on : List.of("", "\"sbom\":\"\",", "\"sbom\":null,")) {
            ok(builder.post(PROJECTS + "/project/cart/update", off.replace("\"sbom\":false,", on)));
            assertThat(builder.json(PROJECTS + "/project/cart").path("script").asText())
                    .as("what is not given is the step's own: on")
                    .doesNotContain("sbom");
        }
        refused(builder, off.replace("false", "\"perhaps\"").replace("cart", "two"), "settings.sbom");
        refused(builder, off.replace("false", "[false]").replace("cart", "two"), "settings.sbom");
    }

    @Test
    void aNoSaysWhereAndWhy() throws Exception {
        Visitor builder = new Visitor(r, "builder");
        refused(builder, create("Cart", ""), "name");
        refused(builder, create("cart", "").replace("\"shop\",\"git\"", "\"Shop\",\"git\""), "settings.image");
        refused(
                builder,
                create("cart", "").replace("https://git.example.com/shop.git", "--upload-pack=id"),
                "settings.git");
        refused(builder, create("cart", "").replace("verify", "a; b ; c"), "settings.maven");
        refused(builder, create("cart", ",\"triggers\":{\"cron\":\"every day\"}"), "triggers.cron");
        refused(
                builder,
                create("cart", "").replace("\"maven\"", "\"registry\":\"other\",\"maven\""),
                "settings.registry");
        refused(
                builder,
                create("cart", "").replace("\"maven\"", "\"projectKey\":\"shop\",\"maven\""),
                "settings.server");
        refused(builder, create("cart", "").replace("\"maven\"", "\"unknown\":\"x\",\"maven\""), "settings.unknown");
        refused(builder, "{\"name\":\"cart\"}", "settings");
    }

    private static void refused(Visitor visitor, String body, String where) throws Exception {
        HttpResponse<String> answer = visitor.post(PROJECTS + "/create", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(JSON.readTree(answer.body()).path("where").asText())
                .as(answer.body())
                .isEqualTo(where);
    }

    @Test
    void onlyWhoMayDoes() throws Exception {
        ok(new Visitor(r, "builder").post(PROJECTS + "/create", create("cart", "")));
        Visitor viewer = new Visitor(r, "viewer");
        assertThat(viewer.json(PROJECTS).path("projects")).hasSize(1);
        for (String path : List.of(
                "create",
                "import",
                "test",
                "upload?name=a.jar",
                "prune",
                "project/cart/update",
                "project/cart/build",
                "project/cart/remove")) {
            assertThat(viewer.post(PROJECTS + "/" + path, "{}").statusCode())
                    .as(path)
                    .isEqualTo(403);
            assertThat(new Visitor(r, "stranger")
                            .post(PROJECTS + "/" + path, "{}")
                            .statusCode())
                    .as(path)
                    .isEqualTo(404);
            assertThat(new Visitor(r, "root").get(PROJECTS + "/" + path).statusCode())
                    .as(path)
                    .isEqualTo(405);
            assertThat(new Visitor(r, "root")
                            .postWithoutCrumb(PROJECTS + "/" + path, "{}")
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(new Visitor(r, "stranger")
                        .get(PROJECTS + "/project/cart/api/json")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void gitIsAskedForItsRefsAloneAndFollowsNoRedirect() throws Exception {
        List<String> asked = new ArrayList<>();
        HttpServer git = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        git.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            boolean moved = exchange.getRequestURI().getPath().startsWith("/moved");
            byte[] body = ("001e# service=git-upload-pack\n0000"
                            + pkt("0123456789012345678901234567890123456789 HEAD\0caps\n")
                            + pkt("1123456789012345678901234567890123456789 refs/heads/main\n") + "0000")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-advertisement");
            if (moved) {
                exchange.getResponseHeaders().add("Location", "/secret");
            }
            exchange.sendResponseHeaders(moved ? 302 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        git.start();
        try {
            String url = "http://127.0.0.1:" + git.getAddress().getPort();
            Visitor builder = new Visitor(r, "builder");
            assertThat(ok(builder.post(PROJECTS + "/test", test(url + "/shop.git", "main")))
                            .path("message")
                            .asText())
                    .contains("112345678901");
            assertThat(builder.post(PROJECTS + "/test", test(url + "/shop.git", "none"))
                            .statusCode())
                    .isEqualTo(422);
            assertThat(builder.post(PROJECTS + "/test", test(url + "/moved.git", "main"))
                            .statusCode())
                    .isEqualTo(502);
            assertThat(builder.post(PROJECTS + "/test", test("http://169.254.169.254/x.git", ""))
                            .statusCode())
                    .isEqualTo(422);
            assertThat(builder.post(PROJECTS + "/test", test("ssh://git@x/y.git", ""))
                            .statusCode())
                    .isEqualTo(422);
            assertThat(builder.post(PROJECTS + "/test", "{\"kind\":\"registry\",\"registry\":\"other\"}")
                            .statusCode())
                    .isEqualTo(422);
            assertThat(builder.post(PROJECTS + "/test", "{\"kind\":\"registry\"}")
                            .statusCode())
                    .isEqualTo(502);
            assertThat(asked)
                    .noneMatch(path -> path.contains("secret"))
                    .allMatch(path -> path.endsWith("/info/refs?service=git-upload-pack"));
        } finally {
            git.stop(0);
        }
    }

    private static String pkt(String line) {
        return String.format("%04x", line.length() + 4) + line;
    }

    private static String test(String git, String branch) {
        return "{\"kind\":\"git\",\"git\":\"" + git + "\",\"branch\":\"" + branch + "\"}";
    }

    @Test
    void theOpenApiDocumentSaysExactlyWhatTheServerDoes() throws Exception {
        Visitor builder = new Visitor(r, "builder");
        ok(builder.post(PROJECTS + "/create", create("cart", "")));
        r.jenkins
                .getItemByFullName("shop/cart", WorkflowJob.class)
                .setDefinition(new CpsFlowDefinition("echo 'x'", true));
        ok(builder.post(PROJECTS + "/project/cart/build", "{}"));
        Awaitility.await()
                .until(() ->
                        builder.get(PROJECTS + "/project/cart/run/1/log").body().contains("SUCCESS"));
        JsonNode document = ok(builder.get(PROJECTS + "/openapi.json"));

        Set<String> promised = new TreeSet<>();
        for (var path : document.path("paths").properties()) {
            String address = path.getKey()
                    .substring(1)
                    .replace("{tenant}", "shop")
                    .replace("{project}", "cart")
                    .replace("{number}", "1");
            if (path.getValue().has("get")) {
                boolean asks = path.getValue().at("/get/parameters/0/required").asBoolean();
                assertThat(builder.get(address).statusCode()).as(address).isEqualTo(asks ? 422 : 200);
            } else {
                assertThat(builder.get(address).statusCode()).as(address).isEqualTo(405);
                promised.add(path.getKey().replaceAll(".*/", ""));
            }
        }
        Set<String> there = new TreeSet<>();
        for (Class<?> type : List.of(ProjectsPage.class, ProjectView.class, RunView.class)) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(RequirePOST.class)) {
                    there.add(method.getName().substring(2).toLowerCase(Locale.ROOT));
                }
            }
        }
        assertThat(promised).isEqualTo(there);
        JsonNode schemas = document.path("components").path("schemas");
        assertThat(names(schemas.path("Settings").path("properties")))
                .isEqualTo(new TreeSet<>(BuildSettings.PARAMETERS.keySet()));
        fits(builder.json(PROJECTS), schemas.path("Projects"));
        fits(builder.json(PROJECTS + "/project/cart"), schemas.path("ProjectRead"));
        fits(builder.json(PROJECTS + "/project/cart/run/1"), schemas.path("Run"));
    }

    private static void fits(JsonNode answer, JsonNode schema) {
        Set<String> given = names(answer);
        given.remove("_class");
        assertThat(given).isEqualTo(names(schema.path("properties")));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
