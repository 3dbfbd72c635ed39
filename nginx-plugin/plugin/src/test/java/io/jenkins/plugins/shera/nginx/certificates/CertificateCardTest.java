package io.jenkins.plugins.shera.nginx.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.cli.CLICommand;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.nginx.cli.CertificateCommand;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nginx.tls.TestCertificate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A person at the page, and one at the command line. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class CertificateCardTest {
    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RealNginx nginx;
    private TwoTenants tenants;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        nginx = RealNginx.start(folder);
        tenants = new TwoTenants(rule, nginx.tlsPort());
        tenants.nodes(nginx);
    }

    @AfterEach
    void stop() throws Exception {
        if (nginx != null) {
            nginx.close();
        }
    }

    @Test
    void aPersonPutsACertificateSeesWhenItEndsAndDeletesIt(Page page) throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com", "www.shop.example.com");
        String address = jenkins.getURL() + "shera/tenant/retail/nginx/";
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "dev", "dev");
        page.open(address + "#edge").see("section", "No certificates yet");
        page.click("#certificate-put").see("form[aria-label='Put certificate']");
        page.assertAccessible("#shera-page");
        page.photograph("tls-form");
        page.type("form input[name=name]", "shop").type("form textarea[name=chain]", made.chain());
        page.type("form textarea[name=key]", TestCertificate.of("a").key());
        page.click("form button[type=submit]").see("form", "does not belong to the first certificate");
        page.photograph("tls-refused");
        page.see(".shera-byhand", "\"name\":\"shop\"");
        page.until(
                "the key stands in its field alone",
                "!document.querySelector('.shera-byhand').textContent.includes('BEGIN')");
        page.type("form textarea[name=key]", made.key()).click("form button[type=submit]");
        page.see("td", "www.shop.example.com").see(".shera-pill", "89 days left");
        soon("retail", "old", 5);
        soon("", "wild", 20);
        page.open(address + "?l#edge").see("td", "www.shop.example.com").photograph("tls-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en").open(address + "?d#edge").see("td", "www.shop.example.com");
        page.photograph("tls-dark");
        page.assertAccessible("#shera-page");
        page.look(Theme.LIGHT, "zh-CN").open(address + "?z#edge").see("td", "www.shop.example.com");
        page.photograph("tls-zh");
        page.width(420).photograph("tls-narrow");
        page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
        page.width(1280).look(Theme.LIGHT, "en").open(address + "?e#edge").see("td", "www.shop.example.com");
        page.open(address).see("td .shera-pill--bad", "days left").photograph("nginx-list-certificate");
        JsonNode list = tenants.json("dev", "shera/tenant/retail/nginx/api/json");
        assertThat(list.at("/clusters/0/certificate").asText()).isEqualTo("old");
        page.open(address + "?f#edge").see("td", "www.shop.example.com");
        page.click("button[aria-label='Delete: shop']").see("dialog[open]");
        page.click("dialog .jenkins-button--primary, dialog button[type=submit]");
        page.until("it is gone", "!document.body.textContent.includes('www.shop.example.com')");
        assertThat(NginxConfiguration.get().certificate("edge", "retail/shop")).isEmpty();
    }

    private static void soon(String tenant, String name, int days) throws Exception {
        TestCertificate made = TestCertificate.made("EC", -80, days, "shop.example.com");
        NginxConfiguration.get().keep(TwoTenants.given(tenant, name, made));
    }

    @Test
    void aCommandPutsListsAndDeletes() throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com");

        assertThat(run("dev", made.chain() + made.key(), "retail", "edge", "shop"))
                .startsWith("0 shop\t" + made.pair().facts().fingerprint());
        assertThat(run("reader", "", "retail", "edge"))
                .startsWith("0 shop\town\tshop.example.com\t")
                .doesNotContain(made.secret());
        assertThat(run("reader", made.chain() + made.key(), "retail", "edge", "shop"))
                .startsWith("1 ")
                .contains("SheRa/Route");
        assertThat(run("dev", made.chain() + made.key(), "retail", "edge", "wild", "-platform"))
                .contains("Certificates for every tenant are put by administrators.");
        assertThat(run("dev", made.chain(), "retail", "edge", "shop")).contains("holds 0 private keys");
        assertThat(run("dev", "", "retail", "nosuch")).contains("There is no such nginx cluster");
        assertThat(run("dev", "", "retail", "edge", "shop", "-delete")).isEqualTo("0 ");
        assertThat(run("dev", "", "retail", "edge")).isEqualTo("0 ");
    }

    private static String run(String user, String input, String... arguments) throws Exception {
        CLICommand command = new CertificateCommand();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2());
                PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            command.setTransportAuth2(User.getById(user, true).impersonate2());
            int code = command.main(
                    List.of(arguments),
                    Locale.ENGLISH,
                    new ByteArrayInputStream(input.getBytes(StandardCharsets.US_ASCII)),
                    print,
                    print);
            return code + " " + out.toString(StandardCharsets.UTF_8);
        }
    }
}
