package io.jenkins.plugins.shera.nginx.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A person and a program look at three real nginx, of which somebody edited one by hand. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class NgFrontPageTest extends NgFrontRig {
    @Test
    void tellsWhichNodeSomebodyEditedAndGivesAllThreeSides() throws Exception {
        JsonNode edge = json("dev", "nodes?cluster=edge");

        assertThat(edge.path("whole").asBoolean()).isTrue();
        assertThat(edge.findValuesAsText("drifted")).containsExactly("false", "true", "false");
        assertThat(edge.findValuesAsText("version")).hasSize(3).allMatch(version -> version.matches("1\\.[0-9.]+"));
        assertThat(edge.findValuesAsText("reloadedAt")).hasSize(3).allMatch(at -> Instant.parse(at)
                .isAfter(Instant.now().minus(Duration.ofHours(1))));
        JsonNode edited = edge.at("/nodes/1");
        assertThat(edited.path("name").asText()).isEqualTo("built-in-2");
        assertThat(edited.at("/changes/0").asText()).contains("server 10.0.0.5:80 weight=1; -> ");
        assertThat(edited.path("found").path("routes.conf").asText()).contains("10.0.0.5:80 weight=7");
        assertThat(edited.path("intended").path("routes.conf").asText()).contains("10.0.0.5:80 weight=1");
        assertThat(edited.at("/earlier/0/generation").asLong()).isEqualTo(1);
        assertThat(edited.at("/earlier/0/files").path("routes.conf").asText()).doesNotContain("vault");
        assertThat(edge.at("/nodes/0/routes/1/percent").asInt()).isEqualTo(20);
        assertThat(edge.at("/nodes/0/found").path("nginx.conf").asText()).contains("worker_processes");
    }

    @Test
    void showsATenantOfASharedClusterItsOwnPartAloneEvenInTheArchive() throws Exception {
        JsonNode common = json("dev", "nodes?cluster=common");

        assertThat(common.path("whole").asBoolean()).isFalse();
        assertThat(common.path("canOverwrite").asBoolean()).isFalse();
        assertThat(common.toString()).contains("shop.example.com").doesNotContain("vault", "10.0.0.66", "nginx.conf");
        assertThat(json("admin", "nodes?cluster=common").toString()).contains("vault.example.com");

        List<String> names = new ArrayList<>();
        HttpResponse<byte[]> answer = send("dev", request("dev", "download?cluster=common"));
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                assertThat(new String(zip.readAllBytes(), StandardCharsets.UTF_8))
                        .doesNotContain("vault");
            }
        }
        assertThat(names).contains("built-in-1/routes.conf", "built-in-3/routes.conf");
    }

    @Test
    void skipsAnEarlierGenerationThatCannotBeReadAndTellsTheRest() throws Exception {
        Path broken = nodes.get(0).installation().folder();
        try (Stream<Path> all = Files.walk(broken)) {
            Path first = all.filter(path -> path.getFileName().toString().equals("routes.json"))
                    .filter(path -> !path.toString().contains("weights"))
                    .min(Comparator.comparing(Path::toString))
                    .orElseThrow();
            Files.writeString(first, "[{");
        }

        JsonNode edge = json("dev", "nodes?cluster=edge");

        assertThat(edge.at("/nodes/0/error").asText()).isEmpty();
        assertThat(edge.at("/nodes/0/generation").asLong()).isEqualTo(2);
        assertThat(edge.at("/nodes/0/earlier")).isEmpty();
        assertThat(edge.at("/nodes/2/earlier")).hasSize(1);
    }

    @Test
    void refusesClustersOfOthersAndPeopleWithoutTheRight() throws Exception {
        for (String path :
                List.of("nodes?cluster=theirs", "nodes?cluster=nosuch", "nodes", "download?cluster=theirs")) {
            HttpResponse<byte[]> answer = send("dev", request("dev", path));
            assertThat(answer.statusCode()).as(path).isEqualTo(422);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                    .as(path)
                    .contains("\"next\"");
        }
        assertThat(json("dev", "api/json").findValuesAsText("id")).containsExactly("edge", "common");
        HttpResponse<byte[]> reader = overwrite("reader", "edge");
        assertThat(reader.statusCode()).isEqualTo(403);
        assertThat(new String(reader.body(), StandardCharsets.UTF_8)).doesNotContainIgnoringCase("crumb");
        assertThat(overwrite("dev", "theirs").statusCode()).isEqualTo(422);
        assertThat(overwrite("dev", "common").statusCode()).isEqualTo(409);
        assertThat(new NginxNode(nodes.get(1).installation()).drift().isNone()).isFalse();
    }

    @Test
    void tellsWhyANodeDoesNotAnswerAndStillShowsTheOthers() throws Exception {
        NginxNodeSettings away = settings(nodes.get(1));
        away.setAgent("away");
        NginxCluster edge = new NginxCluster("edge", List.of(settings(nodes.get(0)), away));
        edge.setTenants("retail");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setClusters(List.of(edge));
        }

        JsonNode read = json("dev", "nodes?cluster=edge");

        assertThat(read.at("/nodes/1/error").asText()).contains("the agent 'away' is not connected");
        assertThat(read.at("/nodes/0/generation").asLong()).isEqualTo(2);
    }

    @Test
    void aPersonSeesTheEditAndPutsBackWhatWasThere(Page page) throws Exception {
        String root = jenkins.getURL().toString();
        page.look(Theme.LIGHT, "en").signIn(root, "dev", "dev");
        page.open(root + FRONT).see("td a", "edge").photograph("nginx-list");
        page.assertAccessible("#shera-page");
        page.open(root + FRONT + "#edge").see(".shera-pill--warn", "drifted");
        page.see(".shera-diff del", "weight=1").see(".shera-diff ins", "weight=7");
        page.photograph("nginx-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en").open(root + FRONT + "?d#edge").see(".shera-pill--warn", "drifted");
        page.photograph("nginx-dark");
        page.assertAccessible("#shera-page");
        page.look(Theme.LIGHT, "zh-CN").open(root + FRONT + "?z#edge").see(".shera-pill--warn");
        page.photograph("nginx-zh");
        page.width(420).photograph("nginx-narrow");
        page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
        page.width(1280).look(Theme.LIGHT, "en").open(root + FRONT + "?o#edge").see(".shera-pill--warn", "drifted");
        page.click(".jenkins-app-bar__controls button.jenkins-\\!-destructive-color");
        page.click("dialog button[type=submit], dialog .jenkins-button--primary");
        page.until("all as intended", "document.querySelectorAll('.shera-pill--ok').length === 3");
        page.see(".shera-ng__name", "upstream").photograph("nginx-text");
        page.assertClean();
        assertThat(new NginxNode(nodes.get(1).installation()).drift().isNone()).isTrue();
        aPersonPutsEarlierRoutesBack(page);
    }

    /** Of the first node's generation 1, which had the shop and not yet the vault. */
    private void aPersonPutsEarlierRoutesBack(Page page) throws Exception {
        NginxCluster edge = new NginxCluster("edge", List.of(settings(nodes.get(0))));
        edge.setTenants("retail");
        NginxCluster common = cluster("common", "retail bank", nodes.get(0).port());
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setClusters(List.of(edge, common));
        }
        String earlier = "{\"nginx\":\"edge\",\"node\":\"built-in\",\"generation\":";
        assertThat(post("reader", "restoreRoutes", earlier + "1}").statusCode()).isEqualTo(403);
        assertThat(post("dev", "restoreRoutes", earlier.replace("edge", "common") + "1}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(post("dev", "restoreRoutes", earlier + "77}").body())
                .asString(StandardCharsets.UTF_8)
                .contains("ten generations are kept");
        page.open(jenkins.getURL() + FRONT + "?r#edge").see(".shera-ng__tree", "vault");
        page.evaluate("(() => { const all = [...document.querySelectorAll('select')];"
                + " const shown = all.find(one => [...one.options].some(o => o.value === 'built-in/earlier/1'));"
                + " shown.value = 'built-in/earlier/1'; shown.dispatchEvent(new Event('change')); return true; })()");
        page.click(".shera-ng__bar > button").see("dialog[open] .shera-diff", "vault");
        page.photograph("earlier-restore");
        page.click("dialog .jenkins-button--primary");
        page.until("the vault is gone", "!document.querySelector('.shera-ng__tree').textContent.includes('vault')");
        assertThat(new NginxNode(nodes.get(0).installation()).routes().routes())
                .extracting(Route::host)
                .containsExactly("shop.example.com");
    }
}
