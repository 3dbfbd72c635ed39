package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.shera.build.config.StatementKeys;
import io.jenkins.plugins.shera.build.pages.ImageAction;
import io.jenkins.plugins.shera.build.process.LocalPrograms;
import io.jenkins.plugins.shera.build.records.ImageOrigins;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.statement.Standing;
import io.jenkins.plugins.shera.oci.statement.StatementShelf;
import io.jenkins.plugins.shera.oci.statement.Verifier;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ImageRecord;
import io.jenkins.plugins.shera.platform.extension.ImageRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class BuildImageStepTest {
    @TempDir
    static Path folder;

    private static DockerRegistry registry;
    private static Path origin;

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeAll
    static void start() throws Exception {
        DockerRegistry.requireProgram("git");
        registry = DockerRegistry.open(folder);
        SmallImage.push(client().repository("base"), "1", SmallImage.layer(folder, "etc/motd", "base"));
        origin = Files.createDirectories(folder.resolve("origin"));
        git("init", "--quiet", "--initial-branch=main", ".");
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    /** The source: a wrapper of its own stands for Maven, so that no repository of the world is needed. */
    @BeforeEach
    void source() throws Exception {
        commit("#!/bin/sh\nmkdir -p target && echo jar > target/app.jar && echo \"maven $*\"\n");
    }

    private static void commit(String wrapper) throws Exception {
        Files.writeString(origin.resolve("mvnw"), wrapper);
        Files.setPosixFilePermissions(origin.resolve("mvnw"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(
                origin.resolve("Dockerfile"),
                "ARG BASE\nFROM $BASE\nLABEL io.shera.quality.gate=OK\nCOPY target/app.jar /app/app.jar\nCMD java -jar /app/app.jar\n");
        git("add", ".");
        git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--allow-empty", "--quiet", "-m", "x");
    }

    private static void git(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        assertThat(new LocalPrograms(origin).run(command, Map.of(), false).isGood())
                .isTrue();
    }

    private static RegistryClient client() throws Exception {
        return new RegistryClient(registry.address(), RegistryCredentials.NONE);
    }

    private static WorkflowJob job(JenkinsRule jenkins, String script) throws Exception {
        Folder shop = jenkins.createProject(Folder.class, "shop");
        ContainerRegistry house = new ContainerRegistry("house", registry.host());
        Tenant tenant = new Tenant("shop");
        tenant.setFolder("shop");
        tenant.setRegistries(List.of("house"));
        SheraConfiguration.get().setRegistries(List.of(house));
        SheraConfiguration.get().setTenants(List.of(tenant));
        WorkflowJob job = shop.createProject(WorkflowJob.class, "build");
        job.setDefinition(new CpsFlowDefinition("node {\n" + script + "\n}", true));
        return job;
    }

    private static String step(String more) {
        return "buildImage(git: '" + origin + "', maven: 'package', image: 'shop/cart', buildArgs: [BASE: '"
                + registry.host() + "/base:1']" + more + ")";
    }

    @Test
    void buildsAnImageFromSourceAndRemembersIt() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(
                    jenkins,
                    "def built = " + step(", tags: '1.0, latest'")
                            + "\necho \"${built.name} ${built.tag} ${built.digest} ${built.commit} ${built.size > 0}\"");

            WorkflowRun run = jenkins.buildAndAssertSuccess(job);

            Image image = Image.read(client().repository("shop/cart"), "1.0", Platform.ofThisMachine());
            String digest = image.manifest().digest().toString();
            String commit = image.config().labels().get("org.opencontainers.image.revision");
            jenkins.assertLogContains(registry.host() + "/shop/cart 1.0 " + digest + " " + commit + " true", run);
            assertThat(image.config().labels())
                    .containsEntry("io.shera.quality.gate", "not-run")
                    .containsEntry("org.opencontainers.image.source", origin.toString())
                    .containsEntry("org.opencontainers.image.base.name", registry.host() + "/base:1")
                    .containsEntry(
                            "org.opencontainers.image.base.digest",
                            client().repository("base")
                                    .resolve("1")
                                    .orElseThrow()
                                    .toString());
            assertThat(run.getAction(ImageAction.class).getBaseName()).isEqualTo(registry.host() + "/base:1");
            assertThat(run.getAction(ImageAction.class).getReference())
                    .isEqualTo(registry.host() + "/shop/cart@" + digest);
            assertThat(jenkins.jenkins
                            .getFingerprintMap()
                            .get(digest.substring(7, 39))
                            .getFileName())
                    .isEqualTo(registry.host() + "/shop/cart@" + digest);
            assertThat(ImageOrigins.get().of("shop", digest))
                    .extracting(ImageRecord::kind)
                    .containsExactly(ImageRecord.Kind.QUALITY, ImageRecord.Kind.ORIGIN);
            jenkins.assertLogContains("Signed what is said of its quality (not-run)", run);

            WorkflowRun again = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains("of which 0 had to be sent", again);
            assertThat(again.getAction(ImageAction.class).getDigest()).isEqualTo(digest);
            assertThat(new StatementShelf(client().repository("shop/cart")).read(Digest.parse(digest)))
                    .as("an unchanged image is signed once")
                    .hasSize(1);
        });
    }

    @Test
    void oneTagMayStandForImagesOfSeveralPlatforms() throws Throwable {
        sessions.then(jenkins -> {
            String files =
                    "writeFile file: 'Dockerfile', text: 'FROM scratch AS some\\nCOPY word /word\\nFROM some\\nCOPY word /more'\n"
                            + "writeFile file: 'word', text: 'word'\n";
            WorkflowJob job = job(
                    jenkins,
                    files
                            + "def built = buildImage(image: 'shop/many', tags: '1', target: 'some', labels: [team: 'cart'],"
                            + " platforms: 'linux/amd64, linux/arm64/v8')\necho \"built ${built.digest}\"");

            WorkflowRun run = jenkins.buildAndAssertSuccess(job);

            String digest = run.getAction(ImageAction.class).getDigest();
            jenkins.assertLogContains("built " + digest, run);
            assertThat(client().repository("shop/many").resolve("1")).contains(Digest.parse(digest));
            for (String platform : List.of("linux/amd64", "linux/arm64/v8")) {
                Image image = Image.read(client().repository("shop/many"), digest, Platform.parse(platform));
                assertThat(image.config().platform()).isEqualTo(Platform.parse(platform));
                assertThat(image.manifest().layers()).hasSize(1);
                assertThat(image.config().labels())
                        .containsEntry("team", "cart")
                        .containsEntry("io.shera.quality.gate", "not-run");
            }
            assertThat(ImageRecords.standingOf("shop", registry.host() + "/shop/many@" + digest)
                            .word())
                    .isEqualTo("not-run");
        });
    }

    @Test
    void aDockerfileWithRunIsBuiltByDockerAndBearsOurLabels() throws Throwable {
        DockerRegistry.requireProgram("docker");
        Assumptions.assumeTrue(
                new LocalPrograms(folder)
                        .run(List.of("docker", "version"), Map.of(), false)
                        .isGood(),
                "no docker engine answers");
        Path busybox = Path.of("/bin/busybox");
        Assumptions.assumeTrue(Files.isExecutable(busybox), "busybox is not installed");
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        writer.add(TarEntry.file("bin/sh", 0755, Files.size(busybox)), BlobSource.of(busybox));
        SmallImage.push(client().repository("shell"), "1", writer.write(folder.resolve("shell")));
        sessions.then(jenkins -> {
            WorkflowJob job = job(
                    jenkins,
                    "writeFile file: 'Dockerfile', text: 'ARG BASE\\nFROM $BASE\\nARG TOKEN\\nLABEL io.shera.quality.gate=OK"
                            + "\\nRUN echo 1 > /made'\nbuildImage(image: 'shop/run', tags: '1', labels: [team: 'cart'],"
                            + " buildArgs: [BASE: '" + registry.host() + "/shell:1', TOKEN: 'hush-hush'])");

            WorkflowRun run = jenkins.buildAndAssertSuccess(job);

            jenkins.assertLogContains("Building by docker", run);
            jenkins.assertLogNotContains("hush-hush", run);
            Image image = Image.read(client().repository("shop/run"), "1", Platform.ofThisMachine());
            assertThat(image.config().labels())
                    .containsEntry("team", "cart")
                    .containsEntry("io.shera.quality.gate", "not-run")
                    .containsEntry("org.opencontainers.image.base.name", registry.host() + "/shell:1");
            assertThat(run.getAction(ImageAction.class).getBaseDigest())
                    .isEqualTo(image.config().labels().get("org.opencontainers.image.base.digest"));
            new LocalPrograms(folder).run(List.of("docker", "rmi", registry.host() + "/shell:1"), Map.of(), false);
        });
    }

    @Test
    void onlyWhatThisJenkinsBuiltStandsForItsLabel() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.buildAndAssertSuccess(job(jenkins, step(", tags: 'signed'")));
            String built = run.getAction(ImageAction.class).getReference();
            assertThat(jenkins.createWebClient()
                            .goTo(run.getUrl())
                            .getWebResponse()
                            .getContentAsString())
                    .contains("</code></div><div><small>"
                            + run.getAction(ImageAction.class).getBaseDigest());
            Image image = Image.read(client().repository("shop/cart"), "signed", Platform.ofThisMachine());
            Manifest copied = SmallImage.push(
                    client().repository("shop/copied"),
                    "1",
                    SmallImage.layer(folder, "evil", "x"),
                    image.config().labels());

            assertThat(ImageRecords.standingOf("shop", built).word()).isEqualTo("not-run");
            assertThat(ImageRecords.standingOf("shop", registry.host() + "/shop/copied@" + copied.digest())
                            .word())
                    .isEqualTo("forged");
            assertThat(ImageRecords.standingOf(
                                    "shop",
                                    registry.host() + "/base@"
                                            + client().repository("base")
                                                    .resolve("1")
                                                    .orElseThrow())
                            .word())
                    .isEqualTo("unknown");

            String id = StatementKeys.get().signer().trusted().id();
            StatementKeys.get().rotate();
            assertThat(StatementKeys.get().signer().trusted().id()).isNotEqualTo(id);
            assertThat(ImageRecords.standingOf("shop", built).word()).isEqualTo("not-run");
            StatementKeys.get().revoke(id);
            assertThat(new Verifier(StatementKeys.get().ring())
                            .verify(
                                    client().repository("shop/cart"),
                                    image.manifest().digest(),
                                    Platform.ofThisMachine())
                            .standing())
                    .isEqualTo(Standing.FORGED);
            assertThat(Files.readString(SheraConfiguration.get().root().resolve("statement-keys.xml")))
                    .doesNotContain("PRIVATE KEY");
        });
    }

    @Test
    void everybodyMayReadThePublicKeysAndNobodyThePrivateOnes() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("admin"));
            JenkinsRule.WebClient client = jenkins.createWebClient();

            assertThat(client.goTo("shera-keys/cosign.pub", "text/plain")
                            .getWebResponse()
                            .getContentAsString())
                    .startsWith("-----BEGIN PUBLIC KEY-----");
            String json = client.goTo("shera-keys/api/json", "application/json")
                    .getWebResponse()
                    .getContentAsString();
            assertThat(json).contains("BEGIN PUBLIC KEY").doesNotContain("privateKey");
        });
    }

    @Test
    void goesOnAfterARestartInTheMiddleOfMaven() throws Throwable {
        Path gate = folder.resolve("gate");
        commit("#!/bin/sh\necho waiting\nwhile [ ! -e " + gate + " ]; do sleep 0.1; done\n"
                + "mkdir -p target && echo jar > target/app.jar\n");
        sessions.then(jenkins -> {
            WorkflowRun run = job(
                            jenkins, "def built = " + step(", tags: 'restarted'") + "\necho \"built ${built.tag}\"")
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage("waiting", run);
        });
        Files.createFile(gate);
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("shop/build", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("Going on with building shop/cart: maven", run);
            jenkins.assertLogContains("built restarted", run);
            assertThat(run.getActions(ImageAction.class)).hasSize(1);
        });
        assertThat(client().repository("shop/cart").resolve("restarted")).isPresent();
    }

    @Test
    void saysWhatIsWrongWithWhatItIsGiven() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins, "echo 'x'");
            refuses(
                    jenkins,
                    job,
                    "buildImage(image: 'Shop')",
                    "'Shop' is not an image name: a repository is written in lower case.");
            refuses(jenkins, job, "buildImage(image: 'a', tenant: 'other')", "tenant other");
            refuses(jenkins, job, "buildImage(image: 'a', registry: 'other')", "registry other");
            refuses(jenkins, job, "buildImage(image: 'a', git: '--upload-pack=id')", "it begins with a dash");
            refuses(
                    jenkins,
                    job,
                    "buildImage(image: 'a', context: '../..')",
                    "give a path inside the workspace, without '..'.");
            refuses(jenkins, job, "buildImage(image: 'a', builder: 'kaniko')", "builder is 'kaniko'");
            refuses(jenkins, job, "buildImage(image: 'a', platforms: 'amd64')", "'amd64' is not a platform");
            refuses(jenkins, job, "buildImage(image: 'a', target: '--x')", "target is '--x'");
            refuses(
                    jenkins,
                    job,
                    "buildImage(image: 'a', labels: ['IO.shera.x': 'y'])",
                    "that only SheRa itself writes");
            refuses(
                    jenkins,
                    job,
                    "buildImage(image: 'a', platforms: 'linux/amd64,linux/arm64', debugTools: 'x')",
                    "debugTools are put on an image of one platform");
            refuses(jenkins, job, "buildImage(image: 'a', tags: '-x')", "'-x' is not a tag");
            refuses(jenkins, job, "buildImage(image: 'a', maven: 'a; b ; c')", "which only a shell understands");
            refuses(
                    jenkins,
                    job,
                    "buildImage(image: 'a', git: 'http://127.0.0.1:1/x.git')",
                    "the server does not answer.");
            refuses(
                    jenkins,
                    job,
                    "buildImage(image: 'a')",
                    "dockerfile is 'Dockerfile', which is not in the workspace: check the path.");
            refuses(
                    jenkins,
                    job,
                    "writeFile file: 'Dockerfile', text: 'FROM scratch\\nRUN id'\nbuildImage(image: 'a', builder: 'daemonless')",
                    "Dockerfile, line 2: RUN needs a container");
            refuses(
                    jenkins,
                    job,
                    "buildImage(image: 'a', git: '" + origin + "', credentialsId: 'none')",
                    "There are no credentials 'none' for git");
        });
    }

    private static void refuses(JenkinsRule jenkins, WorkflowJob job, String script, String message) throws Exception {
        job.setDefinition(new CpsFlowDefinition("node {\n" + script + "\n}", true));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("Cannot build the image '", run);
        jenkins.assertLogContains(message, run);
        jenkins.assertLogNotContains("\tat ", run);
    }
}
