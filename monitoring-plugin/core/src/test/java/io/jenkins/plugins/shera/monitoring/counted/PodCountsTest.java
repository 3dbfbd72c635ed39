package io.jenkins.plugins.shera.monitoring.counted;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.kube.exec.ExecConnection;
import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import io.jenkins.plugins.shera.kube.exec.ExecListener;
import io.jenkins.plugins.shera.kube.exec.ExecRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The words of shell run by this machine's own shell, in place of a container's: what a cluster's exec does is tested where it is kept. */
class PodCountsTest {

    private record Ended() implements ExecConnection {
        @Override
        public CompletableFuture<Void> write(ByteBuffer data) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> resize(int columns, int rows) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean closeInput() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static ExecApi saying(String text) {
        return (ExecRequest request, ExecListener listener) -> {
            listener.output(false, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            listener.ended(new ExecEnd(0, ""));
            return CompletableFuture.completedFuture(new Ended());
        };
    }

    private static PodCounts.Count count(ExecApi exec) {
        return PodCounts.of(exec, "retail", List.of("shop-1a-b2"), "shop").get(0);
    }

    @Test
    void aShellCountsWhatTheKernelSays() {
        ExecApi here = (request, listener) -> {
            try {
                Process shell = new ProcessBuilder(request.command()).start();
                byte[] said = shell.getInputStream().readAllBytes();
                byte[] wrong = shell.getErrorStream().readAllBytes();
                assertThat(new String(wrong, StandardCharsets.UTF_8)).isEmpty();
                listener.output(false, ByteBuffer.wrap(said));
                listener.ended(new ExecEnd(0, ""));
                return CompletableFuture.completedFuture(new Ended());
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
        };
        PodCounts.Count found = count(here);
        assertThat(found.problem()).isEmpty();
        assertThat(found.threads()).isGreaterThan(Thread.activeCount());
        assertThat(found.files()).satisfiesAnyOf(files -> assertThat(files).isEqualTo(-1), files -> assertThat(files)
                .isGreaterThan(10));
        assertThat(found.sockets()).isLessThanOrEqualTo(found.files());
    }

    @Test
    void whatAContainerMakesUpIsNoCount() {
        assertThat(count(saying("counted 7 9 2\n"))).isEqualTo(new PodCounts.Count("shop-1a-b2", 7, 9, 2, ""));
        assertThat(count(saying("counted 7 - -\n"))).isEqualTo(new PodCounts.Count("shop-1a-b2", 7, -1, -1, ""));
        for (String bad : List.of(
                "", "counted", "counted -1 0 0", "counted 99999999999999999999 1 1", "<script>", "x".repeat(1 << 20))) {
            assertThat(count(saying(bad)).problem()).as(bad).isEqualTo("NO_SHELL");
        }
        ExecApi gone = (request, listener) -> CompletableFuture.failedFuture(new IOException("gone"));
        assertThat(count(gone).problem()).isEqualTo("UNREACHABLE");
    }
}
