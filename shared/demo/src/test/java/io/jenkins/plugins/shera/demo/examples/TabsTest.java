package io.jenkins.plugins.shera.demo.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.Options;
import io.jenkins.plugins.shera.demo.site.Tenants;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The tab of every packed plugin on the application page, opened by a person: its shell, script, style and data, by its own loader. */
@Tag("slow")
@ExtendWith(BrowserExtension.class)
class TabsTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final String APPLICATION = "shera/tenant/" + Tenants.FIRST + "/application/shop";

    @TempDir
    static Path work;

    private static DemoSite site;

    @BeforeAll
    static void start() throws Exception {
        site = DemoSite.open(new Options(0, true, true, false, PROJECT, work));
        site.startJenkins();
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void showsEveryTabThatIsOfferedWithoutAnError(Page page) throws Exception {
        page.look(Theme.LIGHT, "en").signIn(site.url(), site.user(), site.password());
        JsonNode tabs = site.client().read(APPLICATION + "/api/json").path("tabs");
        assertThat(tabs).isNotEmpty();
        for (JsonNode tab : tabs) {
            String address = site.url().replaceAll("/+$", "") + tab.path("url").asText();
            page.open(address)
                    .see(
                            ".shera-tabs__tab[aria-current=page]",
                            tab.path("title").asText());
            page.until("its content is drawn", "!document.querySelector('#shera-page .shera-skeleton')");
            page.until("nothing went wrong", "!document.querySelector('#shera-page .shera-problem')");
            page.photograph("tab-" + tab.path("id").asText());
            assertThat(page.takeFindings()).as(address).isEmpty();
        }
    }
}
