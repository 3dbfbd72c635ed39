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

    /** Jobs are there before Jenkins starts: the pages have to show these lines, letter for letter. */
    private static final Map<String, String> LINES = Map.of(
            "number", "scaleApplication application: 'shop', environment: 'dev', replicas: 2",
            "sleep", "scaleApplication application: 'shop', environment: 'dev', replicas: 0");

    @TempDir
    static Path work;

    private static DemoSite site;

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
        Examples.run(site, quickstart, new Stages(), line -> {});
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

        assertThat(curls).containsOnlyKeys("registry", "number", "sleep");
        assertThat(lines).isEqualTo(LINES);
        for (Map.Entry<String, String> each : curls.entrySet()) {
            run(each.getKey(), each.getValue());
        }
        for (String name : lines.keySet()) {
            String build = site.client().build("job/" + Tenants.FIRST + "/job/" + name, Map.of());
            StringBuilder log = new StringBuilder();
            Consumer<String> output = line -> log.append(line).append('\n');
            assertThat(new BuildFollower(site.client(), build, Map.of(), new Stages(), output).follow())
                    .as(lines.get(name) + "\n" + log)
                    .isEqualTo("SUCCESS");
        }
    }

    private static void open(Page page, String address, String click) {
        page.open(site.url().replaceAll("/+$", "") + address).see(click).click(click);
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
