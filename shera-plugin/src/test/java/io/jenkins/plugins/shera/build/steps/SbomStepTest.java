package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Item;
import io.jenkins.plugins.shera.build.config.StatementKeys;
import io.jenkins.plugins.shera.build.pages.ImageAction;
import io.jenkins.plugins.shera.build.pages.Visitor;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.sbom.Archives;
import io.jenkins.plugins.shera.oci.sbom.FoundSbom;
import io.jenkins.plugins.shera.oci.sbom.SbomShelf;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What software an image holds stands beside it in a real registry, whoever built it, and is read over HTTP. */
@WithJenkins
class SbomStepTest {
    private static final String STATUS =
            "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2.36-9\n\n";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private DockerRegistry registry;
    private Folder shop;
    private Path files;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        registry = DockerRegistry.open(folder);
        LayerWriter base = new LayerWriter(Instant.EPOCH);
        add(base, "var/lib/dpkg/status", STATUS.getBytes(StandardCharsets.UTF_8));
        add(base, "etc/os-release", "ID=debian\nVERSION_ID=12\n".getBytes(StandardCharsets.UTF_8));
        add(base, "opt/old.jar", new Archives().pom("a", "old", "1").bytes());
        SmallImage.push(repository("base"), "1", base.write(folder.resolve("base")));
        files = Files.createDirectories(folder.resolve("files"));
        Files.write(
                files.resolve("app.jar"),
                new Archives()
                        .pom("org.example", "shop", "1.2")
                        .with(
                                "BOOT-INF/lib/codec-1.17.jar",
                                new Archives()
                                        .pom("commons-codec", "codec", "1.17")
                                        .bytes())
                        .bytes());
        shop = jenkins.createProject(Folder.class, "shop");
        Tenant tenant = new Tenant("shop");
        tenant.setFolder("shop");
        tenant.setRegistries(List.of("house"));
        SheraConfiguration.get().setRegistries(List.of(new ContainerRegistry("house", registry.host())));
        SheraConfiguration.get().setTenants(List.of(tenant));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static void add(LayerWriter writer, String name, byte[] content) {
        writer.add(TarEntry.file(name, 0644, content.length), BlobSource.of(content));
    }

    private ImageTarget repository(String name) throws Exception {
        return new ImagePlace(registry.address(), RegistryCredentials.NONE).repository(name);
    }

    private WorkflowRun build(String step) throws Exception {
        WorkflowJob job = shop.getItem("cart") instanceof WorkflowJob there
                ? there
                : shop.createProject(WorkflowJob.class, "cart");
        String dockerfile = "FROM " + registry.host()
                + "/base:1\\nCOPY app.jar /opt/old.jar\\nCOPY app.jar /app/app.jar\\nCMD java -jar /app/app.jar";
        job.setDefinition(new CpsFlowDefinition(
                "node {\nsh 'cp " + files + "/app.jar .'\nwriteFile file: 'Dockerfile', text: '" + dockerfile + "'\n"
                        + step + "\n}",
                true));
        return jenkins.buildAndAssertSuccess(job);
    }

    private FoundSbom sbom(String image, WorkflowRun run) throws Exception {
        Digest digest = Digest.parse(run.getAction(ImageAction.class).getDigest());
        return new SbomShelf(repository(image))
                .read(digest, StatementKeys.get().ring())
                .orElseThrow();
    }

    private static List<String> purls(FoundSbom sbom) throws Exception {
        return Json.read(sbom.content(), "SBOM").path("components").findValuesAsText("purl");
    }

    private static final List<String> ALL = List.of(
            "pkg:deb/debian/libc6@2.36-9?arch=amd64&distro=debian-12",
            "pkg:maven/commons-codec/codec@1.17",
            "pkg:maven/org.example/shop@1.2");

    @Test
    void standsSignedBesideTheImageAndIsMadeOnce() throws Exception {
        WorkflowRun run = build("buildImage(image: 'cart', tags: '1')");

        FoundSbom found = sbom("cart", run);
        assertThat(purls(found)).containsExactlyElementsOf(ALL);
        assertThat(found.isSigned()).isTrue();
        assertThat(run.getAction(ImageAction.class).getComponents()).isEqualTo(4);
        jenkins.assertLogContains("SBOM of 4 components", run);

        WorkflowRun again = build("buildImage(image: 'cart', tags: '1')");
        jenkins.assertLogNotContains("SBOM of", again);
        assertThat(again.getAction(ImageAction.class).getComponents()).isEqualTo(4);
        StatementKeys.get().revoke(found.keyId());
        assertThat(sbom("cart", run).isSigned()).isFalse();
        WorkflowRun anew = build("buildImage(image: 'cart', tags: '1')");
        assertThat(sbom("cart", anew).isSigned())
                .as("what nobody trusts any more is made anew")
                .isTrue();
        assertThat(sbom("cart", anew).content()).isEqualTo(found.content());

        WorkflowRun without = build("buildImage(image: 'plain', tags: '1', sbom: false)");
        assertThat(without.getAction(ImageAction.class).getComponents()).isNull();
        assertThat(repository("plain").tags()).noneMatch(tag -> tag.endsWith(".sbom") || tag.endsWith(".att"));
    }

    @Test
    void isTheSameWhoeverBuilds() throws Exception {
        for (String builder : List.of("docker", "buildah")) {
            DockerRegistry.requireProgram(builder);
            WorkflowRun run = build("sheraBuild(image: '" + builder + "', tags: '1', builder: '" + builder
                    + "', dockerfile: 'Dockerfile')");
            assertThat(purls(sbom(builder, run))).as(builder).containsExactlyElementsOf(ALL);
        }
    }

    @Test
    void goesWithItsImageWhenOldOnesAreDeleted() throws Exception {
        Digest old = Digest.parse(build("buildImage(image: 'cart', tags: '1')")
                .getAction(ImageAction.class)
                .getDigest());
        Files.write(
                files.resolve("app.jar"),
                new Archives().pom("org.example", "shop", "1.3").bytes());
        WorkflowRun newer = build("buildImage(image: 'cart', tags: '2')");
        assertThat(repository("cart").tags()).contains(SbomShelf.tag(old), SbomShelf.attestationTag(old));

        build("pruneImages(image: 'cart', keep: 1)");

        assertThat(repository("cart").tags()).noneMatch(tag -> tag.contains(old.hex()));
        assertThat(sbom("cart", newer).isSigned()).isTrue();
    }

    @Test
    void eachPlatformHasItsOwn() throws Exception {
        WorkflowRun run = build("sh 'echo FROM scratch > Dockerfile; echo COPY app.jar / >> Dockerfile'\n"
                + "buildImage(image: 'many', tags: '1', platforms: 'linux/amd64,linux/arm64')");

        Digest index = Digest.parse(run.getAction(ImageAction.class).getDigest());
        for (String platform : List.of("linux/amd64", "linux/arm64")) {
            assertThat(purls(new SbomShelf(repository("many"))
                            .read(
                                    index,
                                    Platform.parse(platform),
                                    StatementKeys.get().ring())
                            .orElseThrow()))
                    .hasSize(2);
        }
    }

    @Test
    void isReadByDigestByWhoMayReadTheProject() throws Exception {
        WorkflowRun run = build("buildImage(image: 'cart', tags: '1')");
        shop.createProject(WorkflowJob.class, "other");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("viewer", "stranger")
                .grant(SheraPermissions.VIEW, Item.READ)
                .onFolders(shop)
                .to("viewer"));
        String projects = "shera/tenant/shop/projects";
        String query = "/sbom?digest=" + run.getAction(ImageAction.class).getDigest();
        Visitor viewer = new Visitor(jenkins, "viewer");
        Projects all = new Projects(SheraConfiguration.get().tenant("shop"));
        all.adopt("cart");
        all.adopt("other");

        HttpResponse<String> answer = viewer.get(projects + "/project/cart" + query + "&download=true");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/vnd.cyclonedx+json");
        assertThat(answer.headers().firstValue("X-Shera-Signed-By")).isPresent();
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("attachment; filename=\"cart-");
        JsonNode bom = Json.read(answer.body().getBytes(StandardCharsets.UTF_8), "SBOM");
        assertThat(bom.path("specVersion").asText()).isEqualTo("1.6");
        assertThat(new Visitor(jenkins, "stranger")
                        .get(projects + "/project/cart" + query)
                        .statusCode())
                .isEqualTo(404);
        assertThat(viewer.get(projects + "/project/other" + query).statusCode()).isEqualTo(422);
        for (String digest : List.of("", "?digest=", "?digest=../../x", "?digest=sha256:" + "0".repeat(64))) {
            assertThat(viewer.get(projects + "/project/cart/sbom" + digest).statusCode())
                    .as(digest)
                    .isEqualTo(422);
        }
        registry.close();
        HttpResponse<String> down = viewer.get(projects + "/project/cart" + query);
        assertThat(down.statusCode()).isEqualTo(502);
        assertThat(down.body()).contains("Look whether the registry answers");
    }
}
