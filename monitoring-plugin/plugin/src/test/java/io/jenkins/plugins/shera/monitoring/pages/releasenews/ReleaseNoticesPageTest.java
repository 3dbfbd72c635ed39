package io.jenkins.plugins.shera.monitoring.pages.releasenews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.config.ReleaseNotice;
import io.jenkins.plugins.shera.monitoring.config.ReleaseNoticeConfiguration;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.platform.extension.ReleaseNews;
import io.jenkins.plugins.shera.platform.extension.ReleaseNotifier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A person says who hears of releases, sends a test, and sees whom a message did not reach; and the form of the system's settings. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class ReleaseNoticesPageTest {

    private static final String PAGE = "shera/tenant/retail/releasenotices/";
    private static final String FORM = "form[aria-label='Who hears of releases']";

    @TempDir
    Path folder;

    @Test
    void aPersonSaysWhoHearsAndSeesWhoDid(JenkinsRule rule, Page page) throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp").dynamicPort());
        mail.start();
        try (RealPrometheus prometheus = RealPrometheus.start(folder)) {
            TwoTenants.of(rule, prometheus);
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "operator", "operator");
            page.open(rule.getURL() + PAGE).see("#shera-page", "No receivers").photograph("releasenews-empty");
            TwoTenants.post(
                    rule,
                    "operator",
                    "shera/tenant/retail/notices/set",
                    "{\"receivers\": [{\"name\": \"ops\", \"kind\": \"mail\", \"to\": \"ops@example.com\"},"
                            + " {\"name\": \"gone\", \"kind\": \"webhook\", \"url\": \"http://127.0.0.1:1/hook\"}]}");
            page.open(rule.getURL() + "shera/tenant/retail/notices/")
                    .see("#shera-page", "No Alertmanager is set up")
                    .photograph("notices-without-alertmanager");
            page.open(rule.getURL() + PAGE).see("#shera-page", "No mail server is set up");
            try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
                ReleaseNoticeConfiguration settings = ReleaseNoticeConfiguration.get();
                settings.setMailHost("127.0.0.1");
                settings.setMailPort(mail.getSmtp().getPort());
                settings.setMailSecurity("none");
                settings.setMailFrom("jenkins@example.com");
            }
            page.open(rule.getURL() + PAGE).see("td", "nothing told yet");
            page.until(
                    "the new page stands",
                    "document.querySelector('form') !== null"
                            + " && !document.body.textContent.includes('No mail server')");
            page.click(FORM + " fieldset > button").see(FORM + " select");
            page.photograph("releasenews-row");
            page.click(FORM + " button[type=submit]").see(".shera-toast", "Saved.");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> ReleaseNoticeConfiguration.get().of("retail").size() == 1);
            page.click("button[aria-label='Test ops']").see(".shera-pill--ok", "delivered");
            assertThat(mail.getReceivedMessages()).hasSize(1);
            TwoTenants.post(
                    rule,
                    "operator",
                    PAGE + "set",
                    "{\"notices\": [{\"receiver\": \"ops\", \"language\": \"zh-CN\"}, {\"receiver\": \"gone\","
                            + " \"event\": \"failed\", \"application\": \"shop\", \"environment\": \"dev\"}]}");
            ReleaseNotifier.tellAll(new ReleaseNews(
                    "retail",
                    "shop",
                    "dev",
                    "r1",
                    ReleaseNews.Event.FAILED,
                    "shop:1.4",
                    "ann",
                    "ImagePullBackOff",
                    Instant.now()));
            await().atMost(Duration.ofSeconds(60)).until(() -> mail.getReceivedMessages().length == 2);
            page.open(rule.getURL() + PAGE).see(".shera-pill--warn", "trying again");
            page.photograph("releasenews-light");
            page.assertAccessible("#shera-page");
            page.look(Theme.DARK, "en").open(rule.getURL() + PAGE).see(".shera-pill--warn");
            page.photograph("releasenews-dark");
            page.assertAccessible("#shera-page");
            page.look(Theme.LIGHT, "zh-CN").open(rule.getURL() + PAGE).see(".shera-pill--warn", "重试中");
            page.photograph("releasenews-zh");
            page.width(420).photograph("releasenews-narrow");
            page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
            page.assertClean();
        } finally {
            mail.stop();
        }
    }

    @Test
    void theFormOfTheSystemGivesBackWhatItShows(JenkinsRule rule) throws Exception {
        ReleaseNotice notice = new ReleaseNotice("retail", "ops");
        notice.setEvent("wentBack");
        notice.setApplication("shop");
        notice.setEnvironment("prod");
        notice.setLanguage("zh-TW");
        ReleaseNoticeConfiguration settings = ReleaseNoticeConfiguration.get();
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            settings.setMailHost("smtp.example.com");
            settings.setMailPort(2525);
            settings.setMailSecurity("tls");
            settings.setMailFrom("jenkins@example.com");
            settings.setMailCredentialsId("smtp");
            settings.setNotices(List.of(notice));
        }
        rule.configRoundtrip();
        ReleaseNoticeConfiguration saved = new ReleaseNoticeConfiguration();
        assertThat(saved.getMailHost()).isEqualTo("smtp.example.com");
        assertThat(saved.getMailPort()).isEqualTo(2525);
        assertThat(saved.getMailSecurity()).isEqualTo("tls");
        assertThat(saved.getMailCredentialsId()).isEqualTo("smtp");
        assertThat(saved.getNotices()).usingRecursiveComparison().isEqualTo(List.of(notice));
    }
}
