package io.jenkins.plugins.shera.build.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.build.retention.RetentionPlan;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Images of a real registry that no cluster names, but builds that run. */
@WithJenkins
class RetentionGuardTest {
    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private DockerRegistry registry;
    private ImageTarget target;
    private Tenant tenant;
    private Folder shop;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        registry = DockerRegistry.open(folder);
        target = new RegistryClient(registry.address(), RegistryCredentials.NONE).repository("shop");
        shop = rule.createProject(Folder.class, "shop");
        tenant = new Tenant("shop");
        tenant.setFolder("shop");
        tenant.setRegistries(List.of("house"));
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setRegistries(List.of(new ContainerRegistry("house", registry.host())));
            SheraConfiguration.get().setTenants(List.of(tenant));
        }
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void whatARunningBuildMadeStaysUntilItsEnd() throws Exception {
        WorkflowJob job = shop.createProject(WorkflowJob.class, "cart");
        job.setDefinition(new CpsFlowDefinition(
                "node {\nwriteFile file: 'Dockerfile', text: 'FROM scratch\\nCOPY Dockerfile /one\\n'\n"
                        + "buildImage(image: 'shop', tags: 'one', sbom: false)\n}\necho 'made'\nsleep 600",
                true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        Awaitility.await().until(() -> run.getLog().contains("made"));
        Digest made = target.resolve("one").orElseThrow();
        image(2, System.currentTimeMillis() + 1000);

        RetentionPlan plan = plan();
        assertThat(words(plan, made)).contains("the build shop/cart#1, which made it and still runs");
        new Retention(tenant, "", "shop").apply(plan, null);
        assertThat(target.resolve(made.toString())).isPresent();

        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        new Retention(tenant, "", "shop").apply(plan(), null);
        assertThat(target.resolve(made.toString())).isEmpty();
    }

    @Test
    void whatParametersOfARunningBuildOfAnybodyNameStaysAndNoNameIsTold() throws Exception {
        Digest old = image(1, 1);
        Digest older = image(3, 0);
        image(2, 2);
        WorkflowJob deploy =
                jenkins.createProject(Folder.class, "bank").createProject(WorkflowJob.class, "secret-deploy");
        deploy.setDefinition(new CpsFlowDefinition("echo 'waiting'\nsleep 600", true));
        WorkflowRun run = deploy.scheduleBuild2(
                        0, new ParametersAction(new StringParameterValue("IMAGE", registry.host() + "/shop@" + old)))
                .waitForStart();
        Awaitility.await().until(() -> run.getLog().contains("waiting"));

        RetentionPlan plan = plan();

        assertThat(words(plan, old)).contains("parameters or script").doesNotContain("secret");
        assertThat(words(plan, older)).isEqualTo("nothing needs it");
        run.doStop();
        jenkins.waitForCompletion(run);
        assertThat(words(plan(), old)).isEqualTo("nothing needs it");
    }

    @Test
    void nothingGoesWhileAnImageOfTheNameIsBeingMadeBeforeOrAfterThePlan() throws Exception {
        Digest old = image(1, 1);
        image(2, 2);
        Retention retention = new Retention(tenant, "", "shop");
        RetentionPlan before = plan();
        assertThat(words(before, old)).isEqualTo("nothing needs it");

        try (ImagesAtWork.Hold held = ImagesAtWork.get().begin(retention.name(), "shop/cart#7")) {
            assertThat(words(plan(), old)).contains("shop/cart#7, which is making an image of this name");
            retention.apply(before, null);
        }
        assertThat(words(before, old)).isEqualTo("stays, a build began to need it meanwhile");
        assertThat(target.resolve(old.toString())).isPresent();
        assertThat(ImageOrigins.get().find("shop", old)).isPresent();

        RetentionPlan again = plan();
        origin(old, 1, 3);
        retention.apply(again, null);
        assertThat(target.resolve(old.toString()))
                .as("made anew since the plan")
                .isPresent();
        origin(old, 1, 1);
        retention.apply(plan(), null);
        assertThat(target.resolve(old.toString())).isEmpty();
    }

    @Test
    void aBuildAsksTheRegistryForNothingWhileAnImageOfItsNameIsDeleted() throws Exception {
        WorkflowJob job = shop.createProject(WorkflowJob.class, "cart");
        job.setDefinition(new CpsFlowDefinition(
                "node {\nwriteFile file: 'Dockerfile', text: 'FROM scratch\\nCOPY Dockerfile /one\\n'\n"
                        + "buildImage(image: 'shop', tags: 'one', sbom: false)\n}",
                true));
        String name = new Retention(tenant, "", "shop").name();

        boolean deleted = ImagesAtWork.get().unlessOn(name, () -> {
            job.scheduleBuild2(0);
            Awaitility.await().until(RetentionGuardTest::aBuildWaits);
            assertThat(registry.logged("/v2/shop/")).isZero();
        });

        assertThat(deleted).isTrue();
        jenkins.waitUntilNoActivity();
        jenkins.assertBuildStatusSuccess(job.getLastBuild());
        assertThat(target.resolve("one")).isPresent();
        assertThat(ImagesAtWork.get().on(name)).isEmpty();
    }

    @Test
    void aTenantsOwnLoginIsUsedAndNeverOneThatIsForJenkinsAlone() throws Exception {
        registry.close();
        registry = DockerRegistry.withPassword(folder);
        target = new RegistryClient(
                        registry.address(), new RegistryCredentials(DockerRegistry.USER, DockerRegistry.PASSWORD))
                .repository("shop");
        ContainerRegistry house = new ContainerRegistry("house", registry.host());
        house.setCredentialsId("house");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(jenkins.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(Domain.global(), login(CredentialsScope.SYSTEM));
            SheraConfiguration.get().setRegistries(List.of(house));
        }
        Digest old = image(1, 1);
        image(2, 2);
        assertThatThrownBy(this::plan).isInstanceOf(Refusal.class).hasMessageContaining("house");

        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            for (CredentialsStore store : CredentialsProvider.lookupStores(shop)) {
                if (store.getContext() == shop) {
                    store.addCredentials(Domain.global(), login(CredentialsScope.GLOBAL));
                }
            }
        }
        new Retention(tenant, "", "shop").apply(plan(), null);
        assertThat(target.resolve(old.toString())).isEmpty();
    }

    private static UsernamePasswordCredentialsImpl login(CredentialsScope scope) throws Exception {
        return new UsernamePasswordCredentialsImpl(scope, "house", "", DockerRegistry.USER, DockerRegistry.PASSWORD);
    }

    private static boolean aBuildWaits() {
        return Thread.getAllStackTraces().entrySet().stream()
                .anyMatch(entry -> entry.getKey().getState() == Thread.State.BLOCKED
                        && Arrays.stream(entry.getValue())
                                .anyMatch(frame -> frame.getClassName().equals(ImagesAtWork.class.getName())
                                        && frame.getMethodName().equals("begin")));
    }

    private RetentionPlan plan() {
        return new Retention(tenant, "", "shop").plan(1, List.of());
    }

    private static String words(RetentionPlan plan, Digest digest) {
        return plan.lines().stream()
                .filter(line -> line.digest().equals(digest))
                .map(Retention::words)
                .findFirst()
                .orElseThrow();
    }

    private Digest image(int number, long at) throws Exception {
        Digest digest = SmallImage.push(
                        target, String.valueOf(number), SmallImage.layer(folder, "etc/motd", "image " + number))
                .digest();
        origin(digest, number, at);
        return digest;
    }

    private void origin(Digest digest, int number, long at) throws Exception {
        ImageOrigins.get()
                .put(
                        "shop",
                        new ImageOrigin(registry.host() + "/shop@" + digest, "", "shop/build#" + number, "", "OK", at));
    }
}
