package io.jenkins.plugins.shera.platform.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The whole way by hand on a running Jenkins: cluster, registry, tenant, application, and what the audit trail says of it. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class ConsoleOnJenkinsTest {

    @Test
    void leadsFromNothingToAnApplicationAndRemembersWhoDidIt(JenkinsRule rule, Page page) throws Exception {
        secure(rule);
        String shera = rule.getURL() + "shera/";
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
        page.open(shera).see(".jenkins-notice", "No tenant yet");
        looks(page, "console-empty");

        page.open(shera + "platform/#new-registry")
                .type("input[name=id]", "house")
                .type("input[name=address]", "127.0.0.1:1")
                .press("Enter");
        page.see(".shera-thing", "house")
                .click("[aria-label=Registries] .shera-thing button")
                .see(".shera-problem");
        looks(page, "platform");
        assertThat(page.takeFindings()).allMatch(finding -> finding.contains("502"));

        page.open(shera + "#new-tenant")
                .type("input[name=id]", "payments")
                .type("input[name=folder]", "teams")
                .press("Enter");
        page.see("h1", "payments").see(".jenkins-notice", "No application yet");
        page.open(shera + "tenant/payments/#new-application").type("input[name=name]", "checkout");
        page.press("Enter").see("h1", "checkout").see(".shera-timeline__title");
        looks(page, "application");

        page.open(shera)
                .see("tr[data-key='payments/checkout']")
                .click("button.shera-star")
                .see("button.shera-star[aria-pressed=true]")
                .open(shera)
                .see("tr[data-key='payments/checkout'] button.shera-star[aria-pressed=true]")
                .open(shera + "audit/")
                .see("tr[data-key]");
        assertThat(page.texts("tbody td:nth-child(3) code")).contains("payments");
        looks(page, "audit");
        page.assertClean();
    }

    @Test
    void showsNothingToThoseWhoMaySeeNothing(JenkinsRule rule, Page page) throws Exception {
        secure(rule);
        page.look(Theme.LIGHT, "zh-CN").signIn(rule.getURL().toString(), "visitor", "visitor");
        page.open(rule.getURL() + "shera/").see(".jenkins-notice", "还没有租户");
        assertThat(page.texts(".jenkins-app-bar__controls a")).containsExactly("REST", "审计记录");
        page.assertClean();
    }

    private static void secure(JenkinsRule rule) throws IOException {
        rule.createProject(Folder.class, "teams");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("visitor"));
    }

    private static void looks(Page page, String name) throws IOException {
        page.photograph(name + "-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en").photograph(name + "-dark");
        page.assertAccessible("#shera-page").look(Theme.LIGHT, "en");
    }
}
