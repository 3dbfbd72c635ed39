package io.jenkins.plugins.shera.demo.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.demo.site.BuildFollower;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.Options;
import io.jenkins.plugins.shera.demo.site.Stages;
import io.jenkins.plugins.shera.demo.site.Tenants;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the pages show as "the same by hand" is read off them and run as it stands: curl in a shell, the line in a Pipeline. */
@Tag("slow")
@ExtendWith(BrowserExtension.class)
class ByHandTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final String APPLICATION = "/shera/tenant/" + Tenants.FIRST + "/application/shop/";

    private static final String PROJECTS = "/shera/tenant/" + Tenants.FIRST + "/projects/";
    private static final String DEPLOY = "section[aria-label=dev] .shera-rollout__verbs button:nth-child(2)";

    /** Jobs are there before Jenkins starts: the pages have to show these lines, letter for letter. */
    private static final Map<String, String> LINES = Map.of(
            "number", "scaleApplication application: 'shop', environment: 'dev', replicas: 2",
            "sleep", "scaleApplication application: 'shop', environment: 'dev', replicas: 0");

    @TempDir
    static Path work;

    private static DemoSite site;
    private static String image = "";

    @BeforeAll
    static void deployTheSample() throws Exception {
        site = DemoSite.open(new Options(0, true, true, false, PROJECT, work));
        Examples.Named quickstart = Examples.of(PROJECT).get(0);
        Examples.beforeJenkins(site, quickstart);
        for (Map.Entry<String, String> each : LINES.entrySet()) {
            site.addJob(Tenants.FIRST, each.getKey(), each.getValue());
        }
        site.startJenkins();
        quickstart.example().prepare(site);
        Examples.run(site, quickstart, new Stages(), line -> {
            image = line.contains("@sha256:") && line.contains("built ")
                    ? line.replaceFirst(".*built (\\S+).*", "$1")
                    : image;
        });
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void worksAsShown(Page page) throws Exception {
        page.look(Theme.LIGHT, "en").signIn(site.url(), site.user(), site.password());
        Map<String, String> curls = new LinkedHashMap<>();
        Map<String, String> lines = new LinkedHashMap<>();

        open(page, "/shera/platform/", "[aria-label=Registries] .shera-byhand__toggle");
        read(page, "[aria-label=Registries]", "registry", curls, lines);
        open(page, APPLICATION + "scale", "button.jenkins-button--primary");
        page.type("form.shera-form input", "2");
        read(page, "#shera-page", "number", curls, lines);
        open(page, APPLICATION + "scale", "#shera-page .shera-row > button:last-child");
        page.click("dialog .shera-byhand__toggle");
        read(page, "dialog", "sleep", curls, lines);

        form(page, "/shera/#new-tenant", Map.of("id", "books", "folder", "books"), "tenant", curls);
        form(
                page,
                "/shera/platform/#new-cluster",
                Map.of("id", "spare", "server", "https://127.0.0.1:6443"),
                "cluster",
                curls);
        form(
                page,
                "/shera/tenant/" + Tenants.FIRST + "/#new-application",
                Map.of("name", "cart"),
                "application",
                curls);
        Map<String, String> project = new LinkedHashMap<>();
        project.put("name", "handmade");
        project.put("settings.git", site.repository());
        project.put("settings.maven", "package");
        project.put("settings.image", "shop-hand");
        page.open(address(PROJECTS + "#new")).see("form.shera-form");
        page.evaluate(
                "[...document.querySelectorAll('fieldset')].find(f => f.textContent.startsWith('Build arguments'))"
                        + ".querySelector(':scope > button').click()");
        page.type(".shera-rows input[name=name]", "BASE").type(".shera-rows input[name=value]", site.baseImage());
        project.forEach((field, value) -> page.type("form.shera-form > div input[name='" + field + "']", value));
        curls.put("project", shown(page, "#shera-page"));
        page.open(address(APPLICATION + "releases/")).see(DEPLOY).click(DEPLOY);
        page.see("input[name=image]").type("input[name=image]", image).type("input[name=port]", "8080");
        curls.put("deploy", shown(page, "#shera-page"));

        assertThat(curls)
                .containsOnlyKeys(
                        "registry", "number", "sleep", "tenant", "cluster", "application", "project", "deploy");
        assertThat(lines).isEqualTo(LINES);
        for (Map.Entry<String, String> each : curls.entrySet()) {
            run(each.getKey(), each.getValue());
        }
        open(page, PROJECTS + "#handmade", ".shera-byhand__toggle");
        run("build", shown(page, "#shera-page"));
        succeeds("job/" + Tenants.FIRST + "/job/handmade/1", "the project set up by curl");
        for (String name : lines.keySet()) {
            succeeds(site.client().build("job/" + Tenants.FIRST + "/job/" + name, Map.of()), lines.get(name));
        }
    }

    private static void succeeds(String build, String what) throws Exception {
        StringBuilder log = new StringBuilder();
        Consumer<String> output = line -> log.append(line).append('\n');
        assertThat(new BuildFollower(site.client(), build, Map.of(), new Stages(), output).follow())
                .as(what + "\n" + log)
                .isEqualTo("SUCCESS");
    }

    private static String address(String path) {
        return site.url().replaceAll("/+$", "") + path;
    }

    private static void form(
            Page page, String address, Map<String, String> fields, String name, Map<String, String> curls) {
        page.open(address(address));
        fields.forEach((field, value) -> page.type("form.shera-form input[name='" + field + "']", value));
        curls.put(name, shown(page, "#shera-page"));
    }

    /** The curl call that a panel shows, behind the Jenkinsfile line where there is one. */
    private static String shown(Page page, String where) {
        String code = where + " .shera-byhand .shera-code";
        if (!page.see(code).text(code).startsWith("curl ")) {
            page.click(where + " .shera-byhand .shera-chip[aria-pressed=false]").see(code, "curl --fail-with-body");
        }
        return page.text(code);
    }

    private static void open(Page page, String address, String click) {
        page.open(address(address)).see(click).click(click);
    }

    private static void read(
            Page page, String where, String name, Map<String, String> curls, Map<String, String> lines) {
        String code = where + " .shera-byhand .shera-code";
        String first = page.see(code).text(code);
        if (first.startsWith("curl ")) {
            curls.put(name, first);
            return;
        }
        lines.put(name, first);
        page.click(where + " .shera-byhand .shera-chip[aria-pressed=false]").see(code, "curl --fail-with-body");
        curls.put(name, page.text(code));
    }

    private static void run(String name, String curl) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", curl).redirectErrorStream(true);
        shell.environment().put("USER", site.user());
        shell.environment().put("TOKEN", site.token());
        Path output = Files.createTempFile(work, "curl", ".out");
        int code = shell.redirectOutput(output.toFile()).start().waitFor();
        assertThat(code)
                .as(name + ": " + curl + "\n" + Files.readString(output, StandardCharsets.UTF_8))
                .isZero();
    }
}
