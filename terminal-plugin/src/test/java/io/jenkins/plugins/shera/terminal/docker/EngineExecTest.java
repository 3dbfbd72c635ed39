package io.jenkins.plugins.shera.terminal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.kube.exec.ExecConnection;
import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import io.jenkins.plugins.shera.kube.exec.ExecListener;
import io.jenkins.plugins.shera.kube.exec.ExecRequest;
import io.jenkins.plugins.shera.kube.exec.ExecRun;
import io.jenkins.plugins.shera.terminal.files.EngineFiles;
import io.jenkins.plugins.shera.terminal.files.FileException;
import io.jenkins.plugins.shera.terminal.files.ListedFile;
import io.jenkins.plugins.shera.terminal.files.PodFileShell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands and files in containers of a real docker engine, over its socket and over TLS before it. */
class EngineExecTest {
    private static final List<String> TOOLS =
            List.of("sh", "cat", "stat", "cp", "mv", "rm", "rmdir", "wc", "stty", "sleep");

    @TempDir
    static Path folder;

    private static TestEngine real;
    private static TlsEngine secure;
    private static String usual;
    private static String bare;

    @BeforeAll
    static void open() throws Exception {
        real = new TestEngine(folder);
        secure = new TlsEngine(folder, real.url());
        real.image("tools", "1", TOOLS, Map.of());
        real.image("bare", "1", List.of(), Map.of());
        usual = real.start("usual", real.reference("tools", "1"), TestEngine.LABELS);
        bare = real.start("bare", real.reference("bare", "1"), TestEngine.LABELS);
    }

    @AfterAll
    static void close() throws Exception {
        if (real != null) {
            real.close();
            secure.close();
        }
    }

    private static Engine engine(String way) throws Exception {
        return way.equals("tls")
                ? new Engine(new EngineAddress(secure.url(), secure.context("client")), Duration.ofSeconds(30))
                : real.engine();
    }

    private static ExecRequest request(boolean stdin, boolean tty, String... command) {
        return new ExecRequest("", "docker:real", "x", List.of(command), stdin, tty);
    }

    private static ExecRun.Outcome run(ExecApi exec, byte[] input, OutputStream out, String... command)
            throws Exception {
        return new ExecRun(exec, Duration.ofSeconds(60))
                .run(
                        request(input != null, false, command),
                        input == null ? null : new ByteArrayInputStream(input),
                        out);
    }

    private static final class Screen implements ExecListener {
        private final StringBuffer shown = new StringBuffer();
        private final CompletableFuture<ExecEnd> end = new CompletableFuture<>();

        @Override
        public CompletionStage<?> output(boolean error, ByteBuffer data) {
            shown.append(StandardCharsets.UTF_8.decode(data));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void ended(ExecEnd how) {
            end.complete(how);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix", "tls"})
    void inputOutputErrorsAndEndAreWhole(String way) throws Exception {
        Engine engine = engine(way);
        ExecApi exec = engine.exec(engine.find(usual, TestEngine.LABELS));
        byte[] much = new byte[5_000_000];
        new Random(7).nextBytes(much);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(run(exec, much, out, "cat").end().exitCode()).isZero();
        assertThat(out.toByteArray()).isEqualTo(much);

        ExecRun.Outcome failed =
                run(exec, null, OutputStream.nullOutputStream(), "sh", "-c", "echo bad >&2; echo good; exit 7");
        assertThat(failed.end().exitCode()).isEqualTo(7);
        assertThat(failed.errors()).isEqualTo("bad\n");

        ExecRun.Outcome none = run(exec, null, OutputStream.nullOutputStream(), "nosuch");
        assertThat(none.end().exitCode()).isEqualTo(ExecEnd.UNKNOWN);
        assertThat(none.end().message()).contains("executable file not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix", "tls"})
    void aTerminalHasTheSizeItIsGivenAndTakesKeys(String way) throws Exception {
        Engine engine = engine(way);
        Screen screen = new Screen();
        try (ExecConnection shell = engine.exec(engine.find(usual, TestEngine.LABELS))
                .start(request(true, true, "sh"), screen)
                .get()) {
            shell.resize(90, 30).get();
            shell.resize(123, 45).get();
            shell.write(ByteBuffer.wrap("stty size\n".getBytes(StandardCharsets.UTF_8)));
            await().atMost(Duration.ofSeconds(20)).until(() -> screen.shown.indexOf("45 123") >= 0);
            shell.write(ByteBuffer.wrap("exit 3\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(screen.end).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(new ExecEnd(3, ""));
        }
    }

    /** A listener that is not done holds the command back, and nothing is lost. */
    @ParameterizedTest
    @ValueSource(strings = {"unix", "tls"})
    void whoIsSlowHoldsTheCommandBack(String way) throws Exception {
        Engine engine = engine(way);
        long[] got = new long[1];
        List<CompletableFuture<Void>> held = new ArrayList<>();
        CompletableFuture<ExecEnd> end = new CompletableFuture<>();
        ExecListener slow = new ExecListener() {
            @Override
            public synchronized CompletionStage<?> output(boolean error, ByteBuffer data) {
                got[0] += data.remaining();
                CompletableFuture<Void> stage = new CompletableFuture<>();
                held.add(stage);
                return held.size() == 1 ? stage : CompletableFuture.completedFuture(null);
            }

            @Override
            public void ended(ExecEnd how) {
                end.complete(how);
            }
        };
        String flood = "/bin/busybox dd if=/dev/zero bs=65536 count=300 2>/dev/null";
        try (ExecConnection running = engine.exec(engine.find(usual, TestEngine.LABELS))
                .start(request(false, true, "sh", "-c", flood), slow)
                .get()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> got[0] > 0);
            assertThat(got[0]).isLessThanOrEqualTo(64 * 1024);
            assertThat(end).isNotDone();
            held.get(0).complete(null);
            assertThat(end).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(new ExecEnd(0, ""));
            assertThat(got[0]).isEqualTo(300 * 65536);
        }
    }

    @Test
    void tlsLetsInNobodyWithoutTheRightCertificateAndTrustsNoOther() throws Exception {
        Engine stranger =
                new Engine(new EngineAddress(secure.url(), secure.context("stranger")), Duration.ofSeconds(20));
        assertThatThrownBy(() -> stranger.running(TestEngine.LABELS))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.UNREACHABLE));
        javax.net.ssl.SSLContext distrusting = javax.net.ssl.SSLContext.getDefault();
        Engine elsewhere = new Engine(new EngineAddress(secure.url(), distrusting), Duration.ofSeconds(20));
        assertThatThrownBy(() -> elsewhere.running(TestEngine.LABELS)).hasMessageContaining(secure.url());
        Engine nobody = new Engine(new EngineAddress("unix:///nowhere/docker.sock", null), Duration.ofSeconds(5));
        assertThatThrownBy(() -> nobody.running(TestEngine.LABELS)).hasMessageContaining("/nowhere/docker.sock");
    }

    @Test
    void filesComeAndGoAlsoWithoutAShell() throws Exception {
        for (String name : List.of(usual, bare)) {
            Engine engine = real.engine();
            EngineContainer container = engine.find(name, TestEngine.LABELS);
            EngineFiles files = new EngineFiles(
                    engine, container, new PodFileShell(engine.exec(container), "x", "docker:real", name));
            assertThat(files.list("/app").files().stream().map(ListedFile::name))
                    .as(name)
                    .containsExactly("gone.txt", "kept.txt", "old");
            assertThat(files.list("/").files().stream().map(ListedFile::name))
                    .as(name)
                    .contains("app", "bin", "etc");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            files.read("/etc/shop.conf", out, 1000);
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("etc/shop.conf\n");
            Path ours = Files.writeString(folder.resolve("ours"), "port 80\n");
            files.write("/etc/shop.conf", ours, "");
            files.write("/app/new.txt", ours, "");
            assertThat(real.sh(name, "cat /etc/shop.conf /app/new.txt; /bin/busybox stat -c '%u %g %a' /etc/shop.conf"))
                    .as(name)
                    .isEqualTo("port 80\nport 80\n12 34 664\n");
            real.sh(name, "/bin/busybox ln -s ../etc/shop.conf /app/conf");
            out.reset();
            files.read("/app/conf", out, 1000);
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("port 80\n");
            for (String bad : List.of("/app", "/nowhere", "etc/shop.conf", "/dev/null", "/app/../../../etc/nowhere")) {
                assertThatThrownBy(() -> files.read(bad, OutputStream.nullOutputStream(), 1000))
                        .as(bad)
                        .isInstanceOf(FileException.class);
            }
            assertThatThrownBy(() -> files.read("/app/conf", OutputStream.nullOutputStream(), 3))
                    .isInstanceOf(FileException.class);
            for (String bad : List.of("/app", "/nowhere/x", "/", "/app/..")) {
                assertThatThrownBy(() -> files.write(bad, ours, ""))
                        .as(name + bad)
                        .isInstanceOf(FileException.class);
            }
        }
    }
}
