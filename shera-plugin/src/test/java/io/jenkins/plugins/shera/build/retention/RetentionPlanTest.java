package io.jenkins.plugins.shera.build.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.build.process.LocalPrograms;
import io.jenkins.plugins.shera.build.retention.RetentionPlan.Candidate;
import io.jenkins.plugins.shera.build.retention.RetentionPlan.Why;
import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageIndex;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.image.RawManifest;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.statement.Attachments;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real registry with images, what hangs on them, and its own garbage collection. */
class RetentionPlanTest {
    @TempDir
    Path folder;

    private DockerRegistry registry;
    private ImageTarget target;
    private final List<Candidate> candidates = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        registry = DockerRegistry.open(folder);
        target = new RegistryClient(registry.address(), RegistryCredentials.NONE).repository("team/shop");
    }

    private static boolean always(RetentionPlan.Line line, RetentionPlan.ImagesRemoval removal) throws IOException {
        removal.run();
        return true;
    }

    @AfterEach
    void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    void keepsTheNewestAndWhatIsNeededAndTakesTheRestWithWhatHangsOnIt() throws Exception {
        Digest running = image("1");
        Digest tagged = image("v2");
        Digest old = image("3");
        Digest newest = image("4");
        attach(old);
        attach(running);
        ImageUses uses = uses("{\"spec\":{\"image\":\"mirror.example.com/team/shop@" + running + "\"}}");

        RetentionPlan plan = plan(1, uses);

        assertThat(plan.lines())
                .extracting(RetentionPlan.Line::digest, RetentionPlan.Line::why)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(newest, Why.NEWEST),
                        org.assertj.core.groups.Tuple.tuple(old, Why.GOES),
                        org.assertj.core.groups.Tuple.tuple(tagged, Why.TAG),
                        org.assertj.core.groups.Tuple.tuple(running, Why.USED));
        assertThat(target.tags()).contains("3", Attachments.fallbackTag(old));
        plan.apply(RetentionPlanTest::always);

        assertThat(target.tags())
                .contains("1", "v2", "4", Attachments.fallbackTag(running))
                .doesNotContain("3", Attachments.fallbackTag(old), Attachments.fallbackTag(old) + ".test");
        plan(1, uses).apply(RetentionPlanTest::always);
        collectGarbage();
        for (Digest kept : List.of(running, tagged, newest)) {
            readable(kept);
        }
        assertThat(target.resolve(old.toString())).isEmpty();
    }

    /** A tag that moved on leaves the running image with no name but its digest, which {@code --delete-untagged} would take. */
    @Test
    void holdsWhatRunsThoughItsTagMovedOn() throws Exception {
        Digest running = image("dev");
        image("dev");
        image("dev");
        RetentionPlan plan = plan(1, uses("\"team/shop@" + running + "\""));

        plan.apply(RetentionPlanTest::always);
        collectGarbage();

        readable(running);
        assertThat(target.tags()).contains("dev", "kept-" + running.shortHex());
    }

    @Test
    void knowsAnImageByItsTagAndByWhatItHasForOnePlatform() throws Exception {
        Digest byTag = image("7");
        Manifest amd = SmallImage.push(target, "tmp", SmallImage.layer(folder, "etc/arch", "amd64"));
        Digest index = index(amd);
        image("8");
        image("9");
        ImageUses uses = uses("{\"a\":\"registry:5000/team/shop:7\",\"imageID\":\"x@" + amd.digest()
                + "\",\"other\":\"registry/steam/shop:8\"}");

        RetentionPlan plan = plan(1, uses);

        assertThat(plan.lines().stream().filter(line -> !line.goes()).map(RetentionPlan.Line::digest))
                .contains(byTag, index)
                .hasSize(3);
        target.delete(SmallImage.push(target, "tmp", SmallImage.layer(folder, "etc/arch", "other"))
                .digest());
        plan.apply(RetentionPlanTest::always);
        collectGarbage();
        readable(index);
        readable(amd.digest());
    }

    @Test
    void takesAnIndexWithItsPartsButNoPartThatAnotherNeeds() throws Exception {
        Manifest shared = SmallImage.push(target, "shared", SmallImage.layer(folder, "etc/arch", "shared"));
        Manifest own = SmallImage.push(target, "own", SmallImage.layer(folder, "etc/arch", "own"));
        Digest old = index(shared, own);
        Digest kept = index(shared);

        RetentionPlan plan = plan(1, uses("\"\""));
        plan.apply(RetentionPlanTest::always);

        assertThat(target.resolve(old.toString())).isEmpty();
        readable(kept);
        readable(shared.digest());
    }

    @Test
    void keepsWhatAnIndexThatWasNotBuiltHereLists() throws Exception {
        Digest part = image("1");
        Digest theirs = index(SmallImage.push(target, "1", SmallImage.layer(folder, "etc/motd", "image 0")));
        candidates.remove(1);
        image("2");

        RetentionPlan plan = plan(1, uses("\"\""));

        assertThat(plan.lines().get(1).why()).isEqualTo(Why.PART);
        assertThat(plan.lines().get(1).detail()).isEqualTo(theirs.toString());
        plan.apply(RetentionPlanTest::always);
        readable(part);
    }

    @Test
    void takesAnOldIndexWithTheImageItListsAndLeavesPartsThatOthersList() throws Exception {
        Manifest amd = SmallImage.push(target, "tmp", SmallImage.layer(folder, "etc/arch", "amd64"));
        candidate(amd.digest());
        Digest old = index(amd);
        image("1");

        RetentionPlan plan = plan(1, uses("\"\""));
        assertThat(plan.lines()).filteredOn(RetentionPlan.Line::goes).hasSize(2);
        plan.apply(RetentionPlanTest::always);

        assertThat(target.resolve(old.toString())).isEmpty();
        assertThat(target.resolve(amd.digest().toString())).isEmpty();
    }

    @Test
    void aNameWithoutTagMeansLatest() throws Exception {
        Digest latest = image("latest");
        image("team");
        image("1");

        RetentionPlan plan = plan(
                1,
                uses("{\"image\":\"registry/team/shop\",\"no\":[\"team/shopping\",\"team/shop/x\",\"team/shop-y\"]}"));

        assertThat(plan.lines()).extracting(RetentionPlan.Line::why).containsExactly(Why.NEWEST, Why.GOES, Why.USED);
        assertThat(plan.lines().get(2).digest()).isEqualTo(latest);
    }

    @Test
    void neverTouchesWhatWasNotBuiltHere() throws Exception {
        Digest foreign = SmallImage.push(target, "theirs", SmallImage.layer(folder, "etc/a", "theirs"))
                .digest();
        image("1");
        image("2");

        plan(1, uses("\"\"")).apply(RetentionPlanTest::always);

        assertThat(target.tags()).containsExactly("2", "theirs");
        readable(foreign);
    }

    @Test
    void keepsWhatAnotherTenantBuiltToo() throws Exception {
        Digest both = image("1");
        candidates.set(0, new Candidate(both, Instant.EPOCH, "a", true));
        image("2");

        assertThat(plan(1, uses("\"\"")).lines().get(1).why()).isEqualTo(Why.SHARED);
    }

    @Test
    void refusesPatternsThatAreNone() {
        assertThat(new TagPatterns(List.of("v*", "1.?")).matches("1.2")).isTrue();
        assertThat(new TagPatterns(List.of("v*", "1.?")).matches("102")).isFalse();
        assertThat(new TagPatterns(List.of("v****************************x")).matches("v" + "v".repeat(120)))
                .isFalse();
        assertThatThrownBy(() -> new TagPatterns(List.of("(a+)+"))).hasMessageContaining("keepTags has '(a+)+'");
    }

    private RetentionPlan plan(int keep, ImageUses uses) throws Exception {
        return RetentionPlan.of(Shelf.read(target), candidates, keep, new TagPatterns(List.of("v*")), uses);
    }

    private Digest image(String tag) throws Exception {
        String text = "image " + candidates.size();
        Digest digest = SmallImage.push(target, tag, SmallImage.layer(folder, "etc/motd", text))
                .digest();
        candidate(digest);
        return digest;
    }

    private Digest index(Manifest... parts) throws Exception {
        Map<Descriptor, Platform> manifests = new LinkedHashMap<>();
        for (Manifest part : parts) {
            RawManifest raw = target.manifest(part.digest().toString());
            manifests.put(
                    new Descriptor(raw.mediaType(), raw.digest(), raw.content().length),
                    new Platform("linux", "arch" + manifests.size(), ""));
        }
        RawManifest index = ImageIndex.of(manifests);
        target.putManifest("multi" + candidates.size(), index);
        candidate(index.digest());
        return index.digest();
    }

    private void candidate(Digest digest) {
        candidates.add(new Candidate(
                digest, Instant.EPOCH.plusSeconds(candidates.size()), "shop#" + candidates.size(), false));
    }

    private void attach(Digest image) throws Exception {
        new Attachments(target)
                .put(
                        target.manifest(image.toString()),
                        "application/x-test",
                        "{}".getBytes(StandardCharsets.UTF_8),
                        List.of(new Attachments.Part(
                                "text/plain", image.toString().getBytes(StandardCharsets.UTF_8), Map.of())),
                        Attachments.fallbackTag(image) + ".test");
    }

    private static ImageUses uses(String json) throws Exception {
        ImageUses uses = new ImageUses("team/shop");
        uses.scan(new ObjectMapper().readTree(json), "Pod a/b (east)");
        return uses;
    }

    private void collectGarbage() throws Exception {
        assertThat(new LocalPrograms(folder)
                        .run(
                                List.of(
                                        "docker-registry",
                                        "garbage-collect",
                                        "--delete-untagged",
                                        folder.resolve("config.yml").toString()),
                                Map.of(),
                                false)
                        .isGood())
                .isTrue();
    }

    /** Manifest, configuration and layers. */
    private void readable(Digest image) throws Exception {
        RawManifest raw = target.manifest(image.toString());
        if (raw.isIndex()) {
            return;
        }
        Manifest manifest = Manifest.read(raw);
        List<Descriptor> blobs = new ArrayList<>(manifest.layers());
        blobs.add(manifest.config());
        for (Descriptor blob : blobs) {
            try (InputStream content = target.openBlob(blob)) {
                assertThat(content.readAllBytes()).hasSize((int) blob.size());
            }
        }
    }
}
