package io.jenkins.plugins.shera.kube.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.shera.kube.RealCluster;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In a pod of the cluster that KUBECONFIG names. */
@Tag("cluster")
class RealExecTest {

    private static RealCluster cluster;
    private static ClusterClient client;

    @BeforeAll
    static void start() throws Exception {
        cluster = RealCluster.open();
        client = ClusterClient.open(cluster.access(), TimeLimits.STANDARD);
        cluster.applier()
                .apply(cluster.manifests(
                        "{apiVersion: v1, kind: Pod, metadata: {name: box}, spec: {terminationGracePeriodSeconds: 0,"
                                + " containers: [{name: main, image: 'localhost/busybox:1', imagePullPolicy: IfNotPresent,"
                                + " command: [sleep, '1000']}]}}"));
        await().atMost(Duration.ofMinutes(2)).until(() -> cluster.api()
                .get(new ObjectRef(ResourceKind.POD, cluster.namespace(), "box").path())
                .path("status")
                .path("phase")
                .asText()
                .equals("Running"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (client != null) {
            client.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    private static ExecRequest request(boolean stdin, boolean tty, String... command) {
        return new ExecRequest(cluster.namespace(), "box", "main", List.of(command), stdin, tty);
    }

    private static ExecRun runner() {
        return new ExecRun(client.exec(), Duration.ofMinutes(1));
    }

    @Test
    void keepsOutputErrorsAndExitCodeApart() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExecRun.Outcome outcome =
                runner().run(request(false, false, "sh", "-c", "echo 'a b&c'; echo bad >&2; exit 7"), null, out);
        assertThat(out).hasToString("a b&c\n");
        assertThat(outcome.errors()).isEqualTo("bad\n");
        assertThat(outcome.end()).isEqualTo(new ExecEnd(7, ""));
    }

    @Test
    void givesBackFiveMegabytesOfInputAsTheyWereAndEndsIt() throws Exception {
        byte[] sent = new byte[5_000_001];
        new Random(1).nextBytes(sent);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExecRun.Outcome outcome = runner().run(request(true, false, "cat"), new ByteArrayInputStream(sent), out);
        assertThat(outcome.end().exitCode()).isZero();
        assertThat(out.toByteArray()).isEqualTo(sent);
    }

    @Test
    void resizesATerminal() throws Exception {
        Typed typed = new Typed();
        try (ExecConnection shell =
                client.exec().start(request(true, true, "sh"), typed).get(20, TimeUnit.SECONDS)) {
            shell.resize(91, 37).get(20, TimeUnit.SECONDS);
            shell.write(ByteBuffer.wrap("stty size\n".getBytes(StandardCharsets.US_ASCII)));
            await().atMost(Duration.ofSeconds(20)).until(() -> typed.text().contains("37 91"));
            shell.write(ByteBuffer.wrap("exit 3\n".getBytes(StandardCharsets.US_ASCII)));
            assertThat(typed.end.get(20, TimeUnit.SECONDS).exitCode()).isEqualTo(3);
        }
    }

    @Test
    void readsNothingMoreWhileAReaderHoldsBack() throws Exception {
        Typed typed = new Typed();
        typed.gate = new CompletableFuture<>();
        try (ExecConnection flood = client.exec()
                .start(request(false, false, "sh", "-c", "yes | head -c 30000000"), typed)
                .get(20, TimeUnit.SECONDS)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> typed.pieces == 1);
            await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(5)).until(() -> typed.pieces == 1);
            CompletableFuture<Void> gate = typed.gate;
            typed.gate = CompletableFuture.completedFuture(null);
            gate.complete(null);
            assertThat(typed.end.get(60, TimeUnit.SECONDS).exitCode()).isZero();
            assertThat(typed.bytes).isEqualTo(30_000_000);
        }
    }

    @Test
    void saysWhyACommandCannotBeStarted() throws Exception {
        ExecRun.Outcome missing =
                runner().run(request(false, false, "/no/such"), null, OutputStream.nullOutputStream());
        assertThat(missing.end().exitCode()).isNotZero();
        assertThat(missing.end().message() + missing.errors()).contains("no such file");
        assertThatThrownBy(() -> runner().run(
                                ExecRequest.command(cluster.namespace(), "gone", "main", "id"),
                                null,
                                OutputStream.nullOutputStream()))
                .isInstanceOfSatisfying(
                        KubeException.class, e -> assertThat(e.kind()).isEqualTo(KubeException.Kind.NOT_FOUND));
    }

    @Test
    void actsWithTheRightsOfTheOneImpersonated() {
        try (ClusterClient nobody = ClusterClient.open(
                cluster.access().impersonating("shera:tenant:nobody", List.of("shera:tenants")), TimeLimits.STANDARD)) {
            assertThatThrownBy(() -> new ExecRun(nobody.exec(), Duration.ofSeconds(20))
                            .run(request(false, false, "id"), null, OutputStream.nullOutputStream()))
                    .isInstanceOfSatisfying(
                            KubeException.class, e -> assertThat(e.kind()).isEqualTo(KubeException.Kind.FORBIDDEN));
        }
    }

    private static final class Typed implements ExecListener {
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
        private final CompletableFuture<ExecEnd> end = new CompletableFuture<>();
        private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
        private volatile int pieces;
        private volatile long bytes;

        @Override
        @SuppressWarnings("NonAtomicOperationOnVolatileField")
        public synchronized CompletionStage<?> output(boolean error, ByteBuffer data) {
            pieces++;
            bytes += data.remaining();
            byte[] piece = new byte[data.remaining()];
            data.get(piece);
            if (seen.size() < 10_000) {
                seen.writeBytes(piece);
            }
            return gate;
        }

        @Override
        public void ended(ExecEnd how) {
            end.complete(how);
        }

        synchronized String text() {
            return seen.toString(StandardCharsets.UTF_8);
        }
    }
}
