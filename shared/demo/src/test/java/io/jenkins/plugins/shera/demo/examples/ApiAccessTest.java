package io.jenkins.plugins.shera.demo.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.Options;
import io.jenkins.plugins.shera.demo.site.Tenants;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every call of the OpenAPI document, asked by people who may not: nobody, somebody who may only read Jenkins, a tenant's
 * viewer, and one who may do everything in another tenant. A call that is new is asked, too, without being listed here.
 */
@Tag("cluster")
@Tag("slow")
class ApiAccessTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String PERMISSIONS = "io.jenkins.plugins.shera.platform.access.SheraPermissions.";
    /** Who may is asked before what; where that depends on the environment, by this one. */
    private static final String BODY = "{\"environment\": \"dev\"}";

    private static final String READ = "hudson.model.Item.Read";

    /** What who may read Jenkins may read of SheRa: its own tenants, and descriptions that are the same for all. */
    private static final Set<String> FOR_EVERY_READER =
            Set.of("/shera/api/json", "/shera/openapi.json", "/shera/rest/api/json");

    /** Public keys, with which anybody checks a signature. */
    private static final Set<String> FOR_EVERYBODY = Set.of("/shera-keys/api/json", "/shera-keys/cosign.pub");

    @TempDir
    static Path work;

    private static DemoSite site;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        site = DemoSite.open(new Options(0, true, true, false, PROJECT, work));
        site.addUser("passer", Tenants.SECOND, List.of());
        site.addUser("viewer", Tenants.FIRST, List.of(READ, PERMISSIONS + "View"));
        site.addUser(
                "stranger",
                Tenants.SECOND,
                Stream.concat(
                                Stream.of(READ, "hudson.model.Item.Configure", "hudson.model.Item.Build"),
                                Stream.of(
                                                "Administer",
                                                "View",
                                                "Build",
                                                "Deploy",
                                                "Promote",
                                                "Route",
                                                "Alert",
                                                "Logs",
                                                "Terminal",
                                                "Package")
                                        .map(PERMISSIONS::concat))
                        .toList());
        site.startJenkins();
        document = JSON.readTree(
                ask("GET", "/shera/openapi.json", site.user(), site.token()).body());
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void nobodyIsToldAnything() throws Exception {
        Map<String, String> wrong = new TreeMap<>();
        for (Call call : calls()) {
            if (FOR_EVERYBODY.contains(call.path)) {
                continue;
            }
            HttpResponse<String> answer = ask(call.verb, call.path, null, null);
            if (!List.of(401, 403, 404).contains(answer.statusCode()) || tells(answer)) {
                wrong.put(call.toString(), answer.statusCode() + " " + answer.body());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whoMayOnlyReadJenkinsReadsNoTenant() throws Exception {
        Map<String, String> wrong = refusing("passer", calls());
        wrong.keySet()
                .removeIf(call -> FOR_EVERY_READER.contains(call.replace("GET ", ""))
                        || FOR_EVERYBODY.contains(call.replace("GET ", "")));
        assertThat(wrong).isEmpty();
        assertThat(ask("GET", "/shera/api/json", "passer", site.token("passer")).body())
                .doesNotContain(Tenants.FIRST)
                .doesNotContain(Tenants.SECOND);
    }

    @Test
    void whoMayDoAllInOneTenantFindsNothingOfAnother() throws Exception {
        List<Call> others = calls().stream()
                .filter(call -> call.path.startsWith("/shera/tenant/" + Tenants.FIRST + "/"))
                .toList();
        assertThat(others).hasSizeGreaterThan(60);
        assertThat(refusing("stranger", others)).isEmpty();
        assertThat(ask("GET", "/shera/tenant/" + Tenants.SECOND + "/api/json", "stranger", site.token("stranger"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoMayLookChangesNothing() throws Exception {
        // Favourites are the caller's own; a viewer chooses them, too.
        List<Call> writes = calls().stream()
                .filter(call -> call.verb.equals("POST") && !call.path.endsWith("/favourite"))
                .toList();
        assertThat(writes).hasSizeGreaterThan(60);
        assertThat(refusing("viewer", writes)).isEmpty();
        assertThat(ask(
                                "GET",
                                "/shera/tenant/" + Tenants.FIRST + "/application/shop/api/json",
                                "viewer",
                                site.token("viewer"))
                        .statusCode())
                .isEqualTo(200);
    }

    /** The answers that are no refusal, by call. */
    private static Map<String, String> refusing(String user, List<Call> calls) throws Exception {
        Map<String, String> wrong = new TreeMap<>();
        for (Call call : calls) {
            HttpResponse<String> answer = ask(call.verb, call.path, user, site.token(user));
            boolean refused = answer.statusCode() == 403 || answer.statusCode() == 404;
            if (!refused || !user.equals("viewer") && tells(answer)) {
                wrong.put(call.toString(), answer.statusCode() + " " + answer.body());
            }
        }
        return wrong;
    }

    /** Whether an answer has anything that only the tenant knows. */
    private static boolean tells(HttpResponse<String> answer) {
        return answer.body().contains(site.namespace(Tenants.FIRST))
                || answer.body().contains("The sample application");
    }

    private record Call(String verb, String path) {
        @Override
        public String toString() {
            return verb + " " + path;
        }
    }

    private static List<Call> calls() {
        Map<String, String> values =
                Map.of("tenant", Tenants.FIRST, "application", "shop", "environment", "dev", "cluster", "local");
        return document.path("paths").properties().stream()
                .flatMap(path -> {
                    String address = path.getKey();
                    for (Map.Entry<String, String> value : values.entrySet()) {
                        address = address.replace("{" + value.getKey() + "}", value.getValue());
                    }
                    String full = address.replaceAll("\\{[^}]*}", "none");
                    return Stream.of("get", "post")
                            .filter(verb -> path.getValue().has(verb)
                                    && !path.getValue()
                                            .at("/" + verb + "/responses")
                                            .has("101"))
                            .map(verb -> new Call(verb.toUpperCase(java.util.Locale.ROOT), full));
                })
                .toList();
    }

    private static HttpResponse<String> ask(String verb, String path, String user, String token) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(site.url().replaceAll("/+$", "") + path));
        if (user != null) {
            byte[] login = (user + ":" + token).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
        }
        if (verb.equals("POST")) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(BODY));
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
