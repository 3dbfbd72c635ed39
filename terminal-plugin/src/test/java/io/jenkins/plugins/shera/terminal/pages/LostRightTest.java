package io.jenkins.plugins.shera.terminal.pages;

import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.JSON;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.TERMINAL;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.login;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.order;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Item;
import hudson.model.Items;
import hudson.security.AbstractPasswordBasedSecurityRealm;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import io.jenkins.plugins.shera.terminal.session.TerminalSession;
import io.jenkins.plugins.shera.terminal.session.Viewer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** A shell that is open is taken from who may not have it any more, and from nobody else. */
@Tag("cluster")
@WithJenkins
class LostRightTest {

    @TempDir
    static Path folder;

    /** What became of ada's account. */
    private enum Account {
        ACTIVE,
        DISABLED,
        LOCKED,
        DELETED
    }

    private static volatile Account ada = Account.ACTIVE;

    /** Takes everybody whose password is the name, but for ada's account. */
    public static final class Accounts extends AbstractPasswordBasedSecurityRealm {
        @Override
        protected UserDetails authenticate2(String name, String password) {
            if (!name.equals(password)) {
                throw new BadCredentialsException(name);
            }
            return loadUserByUsername2(name);
        }

        @Override
        public UserDetails loadUserByUsername2(String name) throws UsernameNotFoundException {
            Account now = name.equals("ada") ? ada : Account.ACTIVE;
            if (now == Account.DELETED) {
                throw new UsernameNotFoundException(name);
            }
            return new User(
                    name,
                    "",
                    now != Account.DISABLED,
                    true,
                    true,
                    now != Account.LOCKED,
                    List.of(AUTHENTICATED_AUTHORITY2));
        }
    }

    /** A tab that remembers how it ended. */
    private static final class Tab implements Viewer {
        private String how = "";

        @Override
        public void begin(long offset, long seen) {}

        @Override
        public void output(ByteBuffer data) {}

        @Override
        public void end(String code, int exitCode, String message) {
            how = code;
        }
    }

    private static MockAuthorizationStrategy readers() {
        return new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, SheraPermissions.VIEW)
                .everywhere()
                .to("ada");
    }

    private static JsonNode page(JenkinsRule rule) throws Exception {
        HttpRequest ask = HttpRequest.newBuilder(URI.create(rule.getURL() + TERMINAL + "api/json?depth=2"))
                .header("Authorization", login("ada"))
                .build();
        return JSON.readTree(HttpClient.newHttpClient()
                .send(ask, HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private static TerminalSession open(JenkinsRule rule, Tab tab) throws Exception {
        HttpResponse<String> opened = post(
                rule, "ada", "open", order("shop-1").put("container", "main").put("shell", "sh"));
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
        TerminalSession session = TerminalDesk.get()
                .find(JSON.readTree(opened.body()).path("session").asText());
        session.attach(tab, -1);
        return session;
    }

    private static void ends(TerminalSession session, Tab tab, String why) {
        TerminalDesk.get().round();
        assertThat(session.isEnded()).as(why).isTrue();
        assertThat(tab.how).as("what the tab is told: " + why).isEqualTo("right");
        assertThat(TerminalDesk.get().find(session.id())).as(why).isNull();
    }

    @Test
    void aSessionEndsWithTheAccountOrTheRightAndGoesWithTheFolder(JenkinsRule rule) throws Exception {
        ada = Account.ACTIVE;
        try (TestPods pods = new TestPods(folder)) {
            PackageTenant.configure(rule, pods);
            rule.jenkins.setSecurityRealm(new Accounts());
            pods.image("shop", "1", List.of("sh", "sleep"), "0");
            pods.start("shop-1", pods.reference("shop", "1"));
            Folder company = rule.createProject(Folder.class, "company");
            Folder rest = rule.createProject(Folder.class, "rest");

            Tab tab = new Tab();
            TerminalSession session = open(rule, tab);
            Folder retail = (Folder) rule.jenkins.getItemByFullName("retail");
            rule.jenkins.setAuthorizationStrategy(readers()
                    .grant(SheraPermissions.TERMINAL)
                    .onFolders(company, retail)
                    .to("ada"));
            Folder moved = Items.move(retail, company);
            TerminalDesk.get().round();
            assertThat(SheraConfiguration.get().tenant("retail").getFolder()).isEqualTo("company/retail");
            assertThat(session.isEnded()).as("it goes with the folder").isFalse();
            Items.move(moved, rest);
            ends(session, tab, "moved to where ada has no right");

            MockAuthorizationStrategy all =
                    readers().grant(SheraPermissions.TERMINAL).everywhere().to("ada");
            rule.jenkins.setAuthorizationStrategy(all);
            JsonNode told = page(rule).path("ended").path(0);
            assertThat(told.path("id").asText()).isEqualTo(session.id());
            assertThat(told.path("why").asText()).isEqualTo("right");

            for (Account closed : List.of(Account.DISABLED, Account.LOCKED, Account.DELETED)) {
                rule.jenkins.setAuthorizationStrategy(all);
                tab = new Tab();
                session = open(rule, tab);
                ada = closed;
                ends(session, tab, closed.name());
                ada = Account.ACTIVE;
            }
            tab = new Tab();
            session = open(rule, tab);
            TerminalDesk.get().round();
            assertThat(session.isEnded()).as("nothing was taken").isFalse();
            rule.jenkins.setAuthorizationStrategy(readers());
            ends(session, tab, "the right was taken");
            rule.jenkins.setAuthorizationStrategy(all);
            assertThat(page(rule).path("ended")).hasSize(5);
            assertThat(AuditLog.get()
                            .trail()
                            .search(AuditQuery.newest("retail", 30))
                            .entries())
                    .as("also of an account that is gone")
                    .filteredOn(entry -> entry.what().equals("terminal.close"))
                    .hasSize(5);
        }
    }
}
