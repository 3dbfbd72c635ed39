package io.jenkins.plugins.shera.build.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.cli.CLICommand;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.shera.build.projects.RunLog;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.audit.AuditEntry;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Projects from the command line: made, shown, changed, read, stopped, imported, deleted; and who may not. */
@WithJenkins
class ProjectChangesTest {
    private static final String CART = "{\"name\":\"cart\",\"settings\":{\"image\":\"cart\","
            + "\"git\":\"https://git.example.com/cart.git\",\"maven\":\"verify\",\"buildArgs\":{\"A\":\"1\"},\"sbom\":false},"
            + "\"triggers\":{\"cron\":\"H 2 * * *\"}}";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private JenkinsRule r;
    private Folder shop;

    @BeforeEach
    void tenant(JenkinsRule rule) throws Exception {
        r = rule;
        shop = r.createProject(Folder.class, "shop");
        Tenant tenant = new Tenant("shop");
        tenant.setFolder("shop");
        tenant.setRegistries(List.of("house"));
        SheraConfiguration.get().setRegistries(List.of(new ContainerRegistry("house", "127.0.0.1:1")));
        SheraConfiguration.get().setTenants(List.of(tenant));
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger", "viewer", "builder", "half")
                .grant(SheraPermissions.VIEW, Item.READ)
                .onFolders(shop)
                .to("viewer")
                .grant(SheraPermissions.VIEW, SheraPermissions.BUILD, Item.READ)
                .onFolders(shop)
                .to("half")
                .grant(
                        SheraPermissions.VIEW,
                        SheraPermissions.BUILD,
                        Item.READ,
                        Item.CREATE,
                        Item.CONFIGURE,
                        Item.BUILD,
                        Item.CANCEL,
                        Item.DELETE)
                .onFolders(shop)
                .to("builder"));
    }

    private int as(String user, String input, String command, String... words) {
        out.reset();
        err.reset();
        CLICommand made = CLICommand.clone(command);
        made.setTransportAuth2(User.getById(user, true).impersonate2());
        return made.main(
                List.of(words),
                Locale.ENGLISH,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private int run(String command, String... words) {
        return as("builder", "", command, words);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private WorkflowJob job(String name) {
        return r.jenkins.getItemByFullName("shop/" + name, WorkflowJob.class);
    }

    private static String script(WorkflowJob job) {
        return ((CpsFlowDefinition) job.getDefinition()).getScript();
    }

    @Test
    void whatIsShownMakesTheSameProjectAgain() {
        assertThat(as("builder", CART, "shera-create-project", "shop", "--check"))
                .as(err())
                .isZero();
        assertThat(job("cart")).isNull();
        assertThat(as("builder", CART, "shera-create-project", "shop"))
                .as(err())
                .isZero();
        assertThat(out()).isEqualTo("cart\n");
        assertThat(run("shera-show-project", "shop", "cart")).isZero();
        String shown = out();
        assertThat(as("builder", shown.replace("\"cart\"", "\"copy\""), "shera-create-project", "shop"))
                .as(err())
                .isZero();
        assertThat(script(job("copy")).replace("'copy'", "'cart'")).isEqualTo(script(job("cart")));
        assertThat(run("shera-show-project", "shop", "copy")).isZero();
        assertThat(out().replace("\"copy\"", "\"cart\"")).isEqualTo(shown);

        String changed = shown.replace("\"verify\"", "\"package\"").replace("H 2 * * *", "");
        assertThat(as("builder", changed, "shera-change-project", "shop", "cart", "--check"))
                .isZero();
        assertThat(script(job("cart"))).contains("'verify'");
        assertThat(as("builder", changed, "shera-change-project", "shop", "cart"))
                .as(err())
                .isZero();
        assertThat(script(job("cart"))).contains("'package'");
        assertThat(run("shera-delete-project", "shop", "cart")).isZero();
        assertThat(job("cart")).isNull();
    }

    @Test
    void aBuildIsListedReadToItsEndAndStopped() throws Exception {
        WorkflowJob old = shop.createProject(WorkflowJob.class, "old");
        old.setDefinition(new CpsFlowDefinition("echo 'waiting \u00e9\u4e2d'\nsleep 600", true));
        assertThat(run("shera-list-builds", "shop", "old")).isNotZero();
        assertThat(run("shera-import-project", "shop", "old")).as(err()).isZero();
        assertThat(run("shera-build-log", "shop", "old")).isNotZero();
        assertThat(err()).contains("The project old was never built");
        assertThat(run("shera-show-project", "shop", "old")).isZero();
        assertThat(err()).contains("kept by hand");
        assertThat(out()).contains("\"triggers\"").doesNotContain("settings");

        assertThat(run("shera-build", "shop", "old")).as(err()).isZero();
        Awaitility.await().until(() -> {
            assertThat(as("viewer", "", "shera-build-log", "shop", "old")).isZero();
            return out().contains("waiting \u00e9\u4e2d");
        });
        assertThat(run("shera-list-builds", "shop", "old")).isZero();
        assertThat(out()).startsWith("#1\t-\t-\t-\t20");
        assertThat(run("shera-stop-build", "shop", "old", "2")).isNotZero();
        assertThat(err()).contains("The project old has no build #2");
        assertThat(run("shera-stop-build", "shop", "old", "1")).as(err()).isZero();
        assertThat(run("shera-build-log", "shop", "old", "1", "-f")).isZero();
        assertThat(out()).contains("waiting").contains("Finished: ABORTED");
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(old.getBuildByNumber(1)));
        assertThat(run("shera-list-builds", "shop", "old", "--count", "1")).isZero();
        assertThat(out()).startsWith("#1\tABORTED\t");
    }

    @Test
    void aLongLogComesWholeInSlicesThatBreakNoCharacter() throws Exception {
        WorkflowJob job = shop.createProject(WorkflowJob.class, "long");
        job.setDefinition(new CpsFlowDefinition("for (int i = 0; i < 4; i++) { echo '\u4e2d' * 70000 }", true));
        WorkflowRun run = r.buildAndAssertSuccess(job);
        StringBuilder whole = new StringBuilder();
        RunLog.Slice slice = RunLog.read(run, 0);
        whole.append(slice.text());
        while (slice.more()) {
            assertThat(slice.text()).isNotEmpty();
            slice = RunLog.read(run, slice.next());
            whole.append(slice.text());
        }
        assertThat(whole.chars().filter(each -> each == '\u4e2d').count()).isEqualTo(280_000);
        assertThat(whole).doesNotContain("\ufffd").endsWith("Finished: SUCCESS\n");
        assertThat(RunLog.read(run, 1L << 40).text()).isEmpty();
    }

    @Test
    void whatRestRefusesIsRefusedWithTheSameWords() throws Exception {
        refused(CART.replace("\"cart\",\"git\"", "\"Cart\",\"git\""), "settings.image");
        refused(CART.replace("\"maven\"", "\"unknown\":\"x\",\"maven\""), "settings.unknown");
        refused("{\"name\":\"cart\"}", "settings");
        refused("{\"name\":\"cart\",\"name\":\"two\"}", "line 1");
        refused("[]", "");
        refused("", "settings");
        refused("{\"name\":\"" + "x".repeat(2 << 20) + "\"}", "larger than");
        assertThat(shop.getItems()).isEmpty();
        assertThat(as("builder", CART, "shera-create-project", "shop")).isZero();
        assertThat(as("builder", CART, "shera-create-project", "shop")).isNotZero();
        assertThat(err()).contains("already something called cart");
        assertThat(as(
                        "builder",
                        CART.replace("\"name\":\"cart\"", "\"name\":\"x\""),
                        "shera-change-project",
                        "shop",
                        "cart"))
                .isNotZero();
        assertThat(err()).contains("does not change here");
    }

    private void refused(String json, String where) {
        assertThat(as("builder", json, "shera-create-project", "shop")).isEqualTo(5);
        assertThat(err()).contains(where).doesNotContain("Exception");
    }

    @Test
    void onlyWhoMayDoesAndARefusalIsInTheAuditTrail() throws Exception {
        assertThat(as("builder", CART, "shera-create-project", "shop")).isZero();
        WorkflowJob job = job("cart");
        job.setDefinition(new CpsFlowDefinition("echo 'secretive'", true));
        r.buildAndAssertSuccess(job);
        for (List<String> command : List.of(
                List.of("shera-create-project", "shop"),
                List.of("shera-change-project", "shop", "cart"),
                List.of("shera-delete-project", "shop", "cart"),
                List.of("shera-import-project", "shop", "cart"),
                List.of("shera-build", "shop", "cart"),
                List.of("shera-stop-build", "shop", "cart", "1"))) {
            String[] words = command.subList(1, command.size()).toArray(String[]::new);
            String json = command.get(0).contains("create") ? CART.replace("\"cart\"", "\"two\"") : "{}";
            assertThat(as("viewer", json, command.get(0), words))
                    .as(command.get(0))
                    .isEqualTo(5);
            assertThat(err()).contains("SheRa/Build");
            assertThat(as("half", json, command.get(0), words))
                    .as(command.get(0))
                    .isEqualTo(5);
            assertThat(err()).contains("You lack the permission Job/");
        }
        for (String reading : List.of("shera-show-project", "shera-list-builds", "shera-build-log")) {
            assertThat(as("viewer", "", reading, "shop", "cart")).as(reading).isZero();
            assertThat(as("stranger", "", reading, "shop", "cart")).as(reading).isEqualTo(5);
            assertThat(out()).isEmpty();
            assertThat(err())
                    .contains("There is no tenant shop that you may see")
                    .doesNotContain("secretive");
        }
        assertThat(job("two")).isNull();
        assertThat(job.getBuilds()).hasSize(1);
        List<AuditEntry> refused = AuditLog.get().trail().search(AuditQuery.newest("shop", 100)).entries().stream()
                .filter(each -> each.outcome() == AuditEntry.Outcome.REFUSED)
                .toList();
        assertThat(refused).extracting(AuditEntry::who).containsOnly("viewer", "half");
        assertThat(refused)
                .extracting(AuditEntry::what)
                .containsOnly(
                        "project.create",
                        "project.update",
                        "project.remove",
                        "project.import",
                        "project.build",
                        "build.stop");
    }
}
