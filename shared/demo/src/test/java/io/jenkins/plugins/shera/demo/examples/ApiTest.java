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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OpenAPI document of all plugins against a server that runs them: each address is there, takes its verb, and answers so. */
@Tag("cluster")
@Tag("slow")
class ApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path work;

    private static DemoSite site;
    private static JsonNode document;
    private static Map<String, String> values;

    @BeforeAll
    static void start() throws Exception {
        site = DemoSite.open(new Options(0, true, true, false, PROJECT, work));
        site.startJenkins();
        document = JSON.readTree(ask("/shera/openapi.json", null).body());
        String application = "shera/tenant/" + Tenants.FIRST + "/application/shop/api/json";
        String cluster = site.client()
                .read(application)
                .path("environments")
                .path(0)
                .path("cluster")
                .asText();
        values = Map.of(
                "tenant",
                Tenants.FIRST,
                "application",
                "shop",
                "environment",
                site.client()
                        .read(application)
                        .path("environments")
                        .path(0)
                        .path("name")
                        .asText(),
                "cluster",
                cluster,
                "registry",
                site.client()
                        .read("shera/platform/api/json")
                        .path("registries")
                        .path(0)
                        .path("id")
                        .asText());
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void refersToNothingThatIsNotThere() {
        assertThat(document.path("openapi").asText()).isEqualTo("3.0.3");
        List<String> dangling = new ArrayList<>();
        for (JsonNode reference : document.findValues("$ref")) {
            if (!reference.asText().startsWith("#/")
                    || document.at(reference.asText().substring(1)).isMissingNode()) {
                dangling.add(reference.asText());
            }
        }
        assertThat(dangling).isEmpty();
    }

    @Test
    void readsWhatItSays() throws Exception {
        Map<String, String> wrong = new TreeMap<>();
        each("get", (path, operation) -> {
            HttpResponse<String> answer = ask(path, null);
            boolean refused = answer.statusCode() == 422 || answer.statusCode() == 502;
            JsonNode schema = operation.at("/responses/200/content/application~1json/schema");
            if (operation.at("/responses").has("101")) {
                return;
            }
            if (refused && !answer.body().contains("\"error\"")) {
                wrong.put(path, answer.statusCode() + " without a reason");
            } else if (!refused && answer.statusCode() != 200) {
                wrong.put(path, String.valueOf(answer.statusCode()));
            } else if (!refused && !schema.isMissingNode()) {
                names(answer, schema).forEach(name -> wrong.put(path, name + " is not in the document"));
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void writesByPostAloneAndRefusesFieldsThatItDoesNotName() throws Exception {
        Map<String, String> wrong = new TreeMap<>();
        each("post", (path, operation) -> {
            if (ask(path, null).statusCode() != 405) {
                wrong.put(path, "answers a GET with " + ask(path, null).statusCode());
            }
            if (operation.at("/requestBody/content").has("application/json")) {
                HttpResponse<String> answer = ask(path, "{\"noSuchField\": 1}");
                if (answer.statusCode() < 400 || answer.statusCode() >= 500 && answer.statusCode() != 502) {
                    wrong.put(path, answer.statusCode() + " " + answer.body());
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    private interface Asking {
        void at(String path, JsonNode operation) throws Exception;
    }

    private static void each(String verb, Asking work) throws Exception {
        int asked = 0;
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            String address = path.getKey();
            for (Map.Entry<String, String> value : values.entrySet()) {
                address = address.replace("{" + value.getKey() + "}", value.getValue());
            }
            if (path.getValue().has(verb) && !address.contains("{")) {
                work.at(address, path.getValue().get(verb));
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(30);
    }

    private static List<String> names(HttpResponse<String> answer, JsonNode schema) throws Exception {
        JsonNode known = resolved(schema).path("properties");
        List<String> unknown = new ArrayList<>();
        if (!known.isMissingNode()) {
            JSON.readTree(answer.body()).fieldNames().forEachRemaining(name -> {
                if (!name.equals("_class") && !known.has(name)) {
                    unknown.add(name);
                }
            });
        }
        return unknown;
    }

    private static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    private static HttpResponse<String> ask(String path, String body) throws Exception {
        String login = site.user() + ":" + site.token();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(site.url().replaceAll("/+$", "") + path))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        if (body != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
