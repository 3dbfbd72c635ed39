package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import java.io.IOException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page in light, dark and Chinese, wide and narrow: without an error, a hit of the policy, or a fault of accessibility. */
@ExtendWith(BrowserExtension.class)
class PageLooksTest {

    @RegisterExtension
    static final FixtureHost HOST = new FixtureHost();

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "console, '', 'tr[data-key=\"Payments/ledger\"]'",
        "new-tenant, '#new-tenant', form",
        "tenant, tenant/payments/, .shera-bar",
        "tenant-empty, tenant/empty/, .jenkins-notice",
        "new-application, tenant/payments/#new-application, form",
        "application, tenant/payments/application/checkout/, .shera-pods",
        "application-edit, tenant/payments/application/checkout/#edit, form",
        "timeline, tenant/payments/application/checkout/#timeline, .shera-timeline__entry",
        "platform, platform/, .shera-thing",
        "new-cluster, platform/#new-cluster, form",
        "audit, audit/, tr[data-key]",
        "rest, rest/, tr[data-key]",
    })
    void isFitToBeSeen(String name, String path, String drawn, Page page) throws IOException {
        page.look(Theme.LIGHT, "en").open(HOST.root() + path).see(drawn).photograph("fixture-" + name + "-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en").open(HOST.root() + path).see(drawn).photograph("fixture-" + name + "-dark");
        page.assertAccessible("#shera-page");
        String chinese = path.contains("#") ? path.replace("#", "?lang=zh-CN#") : path + "?lang=zh-CN";
        page.look(Theme.LIGHT, "zh-CN").open(HOST.root() + chinese).see(drawn).photograph("fixture-" + name + "-zh");
        page.width(420).photograph("fixture-" + name + "-narrow");
        page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
        page.assertClean();
    }
}
