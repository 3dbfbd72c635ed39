package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.shera.build.config.DebugTool;
import io.jenkins.plugins.shera.build.config.DebugToolConfiguration;
import io.jenkins.plugins.shera.build.pages.ImageAction;
import io.jenkins.plugins.shera.build.records.ImageOrigins;
import io.jenkins.plugins.shera.build.tools.DebugVariant;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ImageRecords;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class DebugToolsStepTest {
    @TempDir
    static Path folder;

    private static DockerRegistry registry;
    private static RegistryClient client;
    private static String jq;

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeAll
    static void start() throws Exception {
        registry = DockerRegistry.open(folder);
        client = new RegistryClient(registry.address(), RegistryCredentials.NONE);
        Manifest bundle =
                SmallImage.push(client.repository("tools/jq"), "1", SmallImage.layer(folder, "opt/shera/bin/jq", "jq"));
        jq = registry.host() + "/tools/jq@" + bundle.digest();
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    private static WorkflowJob job(JenkinsRule jenkins) throws Exception {
        Folder shop = jenkins.createProject(Folder.class, "shop");
        Tenant tenant = new Tenant("shop");
        tenant.setFolder("shop");
        tenant.setRegistries(List.of("house"));
        SheraConfiguration.get().setRegistries(List.of(new ContainerRegistry("house", registry.host())));
        SheraConfiguration.get().setTenants(List.of(tenant));
        DebugTool all = new DebugTool("jq", jq);
        DebugTool others = new DebugTool("secret", jq);
        others.setTenants("bank");
        DebugToolConfiguration.get().setTools(List.of(all, others));
        return shop.createProject(WorkflowJob.class, "build");
    }

    private static WorkflowJob with(WorkflowJob job, String call) throws Exception {
        job.setDefinition(new CpsFlowDefinition(
                "node {\nwriteFile file: 'Dockerfile', text: 'FROM scratch\\nCOPY Dockerfile /app\\n'\n" + call + "\n}",
                true));
        return job;
    }

    @Test
    void oneBuildGivesTheImageAndItsDebugVariant() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = with(
                    job(jenkins),
                    "def built = buildImage(image: 'shop/cart', tags: '1', debugTools: 'jq')\n"
                            + "echo \"plain ${built.tag} debug ${built.debug.tag} ${built.debug.reference}\"");

            WorkflowRun run = jenkins.buildAndAssertSuccess(job);

            Image plain = Image.read(client.repository("shop/cart"), "1", Platform.ofThisMachine());
            Image debug = Image.read(client.repository("shop/cart"), "1-debug", Platform.ofThisMachine());
            String reference =
                    registry.host() + "/shop/cart@" + debug.manifest().digest();
            jenkins.assertLogContains("plain 1 debug 1-debug " + reference, run);
            assertThat(plain.config().labels()).doesNotContainKey(DebugVariant.LABEL);
            assertThat(debug.config().labels()).containsKey(DebugVariant.LABEL);
            assertThat(debug.manifest().layers()).hasSize(2);
            assertThat(ImageRecords.standingOf(
                            "shop",
                            registry.host() + "/shop/cart@" + debug.manifest().digest()))
                    .matches(standing -> standing.word().equals("not-run") && standing.debug());
            assertThat(run.getActions(ImageAction.class)).hasSize(2);
            assertThat(ImageOrigins.get().of("shop", debug.manifest().digest().toString()))
                    .isNotEmpty();

            WorkflowRun again = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains("debug 1-debug " + reference, again);
            jenkins.assertLogContains("of which 0 had to be sent", again);
        });
    }

    @Test
    void saysWhichToolsThereAre() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins);
            for (String call : List.of(
                    "buildImage(image: 'a', debugTools: 'secret')",
                    "sheraBuild(image: 'a', dockerfile: 'Dockerfile', debugTools: 'secret')")) {
                WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, with(job, call));
                jenkins.assertLogContains(
                        "There is no tool bundle 'secret' for this tenant. There is: jq. Name one of these", run);
            }
            assertThatThrownBy(() -> DebugToolConfiguration.get()
                            .setTools(List.of(new DebugTool("jq", registry.host() + "/tools/jq:1"))))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("a tag can be moved");
            assertThat(DebugToolConfiguration.get().getTools()).hasSize(2);
            assertThat(new DebugToolConfiguration().getTools())
                    .as("what was saved is read again")
                    .extracting(DebugTool::getName)
                    .containsExactly("jq", "secret");
        });
    }
}
