package io.jenkins.plugins.shera.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.nodes.Rollover.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloverTest {
    @TempDir
    Path root;

    private ReleaseFolder folder;
    private final RecordingService service = new RecordingService();

    @BeforeEach
    void open() {
        folder = new ReleaseFolder(root);
    }

    @Test
    void putsFilesInForceAfterTestAndProof() throws Exception {
        Release release = apply(Map.of("a.conf", bytes("one")));

        assertThat(service.calls).containsExactly("test 1", "reload", "prove 1");
        assertThat(release.generation()).isEqualTo(1);
        assertThat(root.resolve("current/a.conf")).hasContent("one");
    }

    @Test
    void leavesTheOldSetWhenTheTestRefuses() throws Exception {
        apply(Map.of("a.conf", bytes("one")));
        service.calls.clear();
        service.refuseTest = true;

        assertThatThrownBy(() -> apply(Map.of("a.conf", bytes("two"))))
                .isInstanceOf(RefusedException.class)
                .hasMessage("bad set 2");

        assertThat(service.calls).containsExactly("test 2");
        assertThat(root.resolve("current/a.conf")).hasContent("one");
        assertThat(folder.releases()).hasSize(1);
    }

    @Test
    void putsTheOldSetBackAndReloadsWhenTheProofFails() throws Exception {
        apply(Map.of("a.conf", bytes("one")));
        service.calls.clear();
        service.refuseProof = true;

        assertThatThrownBy(() -> apply(Map.of("a.conf", bytes("two")))).isInstanceOf(RefusedException.class);

        assertThat(service.calls).containsExactly("test 2", "reload", "prove 2", "reload");
        assertThat(root.resolve("current/a.conf")).hasContent("one");
    }

    @Test
    void leavesNothingInForceWhenTheFirstSetFails() {
        service.refuseProof = true;

        assertThatThrownBy(() -> apply(Map.of("a.conf", bytes("one")))).isInstanceOf(RefusedException.class);

        assertThat(root.resolve("current")).doesNotExist();
    }

    @Test
    void onlyProvesWhatIsAlreadyInForce() throws Exception {
        apply(Map.of("a.conf", bytes("one")));
        service.calls.clear();

        apply(Map.of("a.conf", bytes("one")));

        assertThat(service.calls).containsExactly("prove 1");
    }

    @Test
    void letsOneWriterInAtATime() throws Exception {
        try (ReleaseFolder.Lock held = folder.lock()) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> new ReleaseFolder(root).lock().close())
                    .hasMessageContaining("another change is being made here");
        }
        apply(Map.of("a.conf", bytes("after")));
        assertThat(root.resolve("current/a.conf")).hasContent("after");
    }

    @Test
    void waitsForTheWriterThatIsAtWork() throws Exception {
        ReleaseFolder.Lock held = folder.lock();
        CompletableFuture<Void> next = CompletableFuture.runAsync(() -> {
            try (ReleaseFolder.Lock second = new ReleaseFolder(root).lock(Duration.ofMinutes(2))) {
                assertThat(second).isNotNull();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(next).isNotDone();
        held.close();
        next.get(2, TimeUnit.MINUTES);
    }

    @Test
    void keepsTenSetsAndCountsOn() throws Exception {
        for (int i = 1; i <= 14; i++) {
            apply(Map.of("a.conf", bytes("number " + i)));
        }
        assertThat(folder.releases())
                .hasSize(10)
                .last()
                .extracting(Release::generation)
                .isEqualTo(14L);
    }

    @Test
    void refusesANameThatLeavesTheFolder() {
        assertThatThrownBy(() -> apply(Map.of("../evil", bytes("x"))))
                .hasMessageStartingWith("'../evil' cannot be the name of a managed file");
        assertThat(root.getParent().resolve("evil")).doesNotExist();
    }

    @Test
    void seesAHandEditAsAnotherSet() throws Exception {
        apply(Map.of("a.conf", bytes("one")));
        Files.writeString(root.resolve("current/a.conf"), "edited by hand");

        apply(Map.of("a.conf", bytes("one")));

        assertThat(root.resolve("current/a.conf")).hasContent("one");
        assertThat(folder.current()).map(Release::generation).contains(2L);
    }

    private Release apply(Map<String, byte[]> files) throws IOException, InterruptedException {
        try (ReleaseFolder.Lock held = folder.lock()) {
            return new Rollover(folder, service).apply(held, files);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Records what is asked of it, in order. */
    private static final class RecordingService implements Rollover.Service {
        final List<String> calls = new ArrayList<>();
        boolean refuseTest;
        boolean refuseProof;

        @Override
        public void test(Release candidate) throws IOException {
            calls.add("test " + candidate.generation());
            if (refuseTest) {
                throw new RefusedException("bad set " + candidate.generation());
            }
        }

        @Override
        public void reload() {
            calls.add("reload");
        }

        @Override
        public void prove(Release current) throws IOException {
            calls.add("prove " + current.generation());
            if (refuseProof) {
                throw new RefusedException("the workers still serve another set");
            }
        }
    }
}
