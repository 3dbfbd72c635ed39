package io.jenkins.plugins.shera.monitoring.agent.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.monitoring.agent.ProcessSettings;
import io.jenkins.plugins.shera.monitoring.agent.http.ProcessServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree that looks like /proc for what a kernel cannot be made to show at will, and the /proc of this machine for what it really shows. */
class ProcessCounterTest {

    private static final String SHOP = "a".repeat(64);
    private static final String OTHER = "b".repeat(64);

    @TempDir
    Path folder;

    private Path proc;
    private Path links;

    @BeforeEach
    void folders() throws IOException {
        proc = Files.createDirectory(folder.resolve("proc"));
        links = Files.createDirectory(folder.resolve("containers"));
        link("shop-1a-b2_retail_shop-" + SHOP + ".log");
        link("shop-7s-x9_bank_shop-" + OTHER + ".log");
    }

    private void link(String name) throws IOException {
        Files.createSymbolicLink(links.resolve(name), Path.of("/nowhere"));
    }

    private Path process(int pid, String cgroup, int threads, String... open) throws IOException {
        Path process = Files.createDirectories(proc.resolve(String.valueOf(pid)));
        Files.writeString(process.resolve("cgroup"), cgroup + "\n");
        Files.writeString(process.resolve("status"), "Name:\tjava\nState:\tS\nThreads:\t" + threads + "\nSigQ:\t0/1\n");
        Path fd = Files.createDirectories(process.resolve("fd"));
        for (int i = 0; i < open.length; i++) {
            Files.createSymbolicLink(fd.resolve(String.valueOf(i)), Path.of(open[i]));
        }
        return process;
    }

    private String page() throws IOException {
        return new String(new ProcessCounter(proc, new ContainerNames(links)).page(), StandardCharsets.UTF_8);
    }

    @Test
    void addsUpTheProcessesOfEachContainerWhateverMadeIt() throws Exception {
        process(1, "0::/init.scope", 900, "socket:[1]");
        process(
                10,
                "0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-" + SHOP + ".scope",
                20,
                "/dev/null",
                "socket:[7]");
        process(11, "0::/../../kubepods-pod1.slice/cri-containerd-" + SHOP + ".scope", 3, "socket:[8]", "pipe:[9]");
        process(12, "11:cpu:/kubepods/pod1/" + SHOP + "/docker/" + "c".repeat(64) + "\n0::/", 1);
        process(20, "4:memory:/kubepods/burstable/pod2/" + OTHER, 5, "anon_inode:[eventpoll]");
        process(30, "0::/system.slice/docker-" + "d".repeat(64) + ".scope", 77);
        Files.createDirectory(proc.resolve("self"));
        Files.createDirectory(proc.resolve("010"));
        assertThat(page().lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "shera_container_threads{namespace=\"bank\",pod=\"shop-7s-x9\",container=\"shop\"} 5",
                        "shera_container_threads{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 24",
                        "shera_container_sockets{namespace=\"bank\",pod=\"shop-7s-x9\",container=\"shop\"} 0",
                        "shera_container_sockets{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 2",
                        "shera_container_file_descriptors{namespace=\"bank\",pod=\"shop-7s-x9\",container=\"shop\"} 1",
                        "shera_container_file_descriptors{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 4",
                        "shera_processes_unreadable 0");
    }

    @Test
    void whatEndedWhileItWasReadIsAsIfItHadNotBeen() throws Exception {
        String cgroup = "0::/kubepods/" + SHOP;
        process(10, cgroup, 4, "socket:[1]");
        Files.delete(process(11, cgroup, 9).resolve("status"));
        Files.delete(process(12, cgroup, 9).resolve("fd"));
        Files.createDirectory(proc.resolve("13"));
        Files.writeString(process(14, cgroup, 9).resolve("status"), "Name:\tjava\nThre");
        Files.writeString(process(15, cgroup, 9).resolve("cgroup"), "");
        // Closed between the listing and the look: a name that is no link any more.
        Files.writeString(process(16, cgroup, 1).resolve("fd").resolve("5"), "");
        assertThat(page())
                .contains("shera_container_threads{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 5\n")
                .contains(
                        "shera_container_file_descriptors{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 1\n");
    }

    @Test
    void namesThatAreNoneAndFoldersThatAreNotThereAreNothing() throws Exception {
        link("evil\"} 1_x_y-" + "e".repeat(64) + ".log");
        link("short_ns_c-abc.log");
        process(10, "0::/kubepods/" + "e".repeat(64), 4);
        assertThat(page()).doesNotContain("evil").doesNotContain("{");
        links = folder.resolve("gone");
        assertThat(page()).contains("shera_processes_unreadable 0");
    }

    @Test
    void processesMayComeAndGoWhileTheKernelIsAsked() throws Exception {
        Path real = Path.of("/proc");
        Assumptions.assumeTrue(Files.isReadable(real.resolve("self/status")), "needs a Linux with /proc");
        ProcFiles files = new ProcFiles(real);
        String own = String.valueOf(ProcessHandle.current().pid());
        assertThat(files.pids()).contains(own);
        ProcFiles.Counts before = files.counts(own).orElseThrow();
        assertThat(before.threads()).isGreaterThan(5);
        assertThat(before.files()).isGreaterThan(before.sockets());
        try (ProcessServer server = ProcessServer.start(settings(null))) {
            assertThat(files.counts(own).orElseThrow().sockets()).isGreaterThan(before.sockets());
        }
        AtomicBoolean done = new AtomicBoolean();
        Thread births = new Thread(() -> {
            while (!done.get()) {
                try {
                    new ProcessBuilder("true").start().waitFor(5, TimeUnit.SECONDS);
                } catch (IOException | InterruptedException e) {
                    return;
                }
            }
        });
        births.start();
        try {
            for (int i = 0; i < 20; i++) {
                for (String pid : files.pids()) {
                    files.container(pid, id -> true);
                    files.counts(pid);
                }
            }
        } finally {
            done.set(true);
            births.join(5000);
        }
        Process sleeping = new ProcessBuilder("sleep", "60").start();
        String pid = String.valueOf(sleeping.pid());
        assertThat(files.counts(pid).orElseThrow().threads()).isEqualTo(1);
        sleeping.destroyForcibly().waitFor();
        assertThat(files.counts(pid)).isEmpty();
    }

    private ProcessSettings settings(Path token) throws IOException {
        String text =
                "roles=processes\nprocesses.listen=127.0.0.1:0\nprocesses.proc=" + proc + "\nprocesses.containers="
                        + links + "\n" + (token == null ? "" : "processes.scrapeToken=" + token + "\n");
        return ProcessSettings.read(Files.writeString(folder.resolve("agent.properties"), text));
    }

    private static HttpResponse<String> get(ProcessServer server, String path, String authorization) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + server.address().getPort() + path))
                                .header("Authorization", authorization)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void servesWhoShowsTheSecretAndNothingElse() throws Exception {
        process(10, "0::/kubepods/" + SHOP, 4);
        String secret = "0123456789abcdef01234567";
        Path token = Files.writeString(folder.resolve("token"), secret + "\n");
        try (ProcessServer server = ProcessServer.start(settings(token))) {
            assertThat(get(server, "/metrics", "Bearer " + secret).body())
                    .contains("shera_container_threads{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 4");
            HttpResponse<String> refused = get(server, "/metrics", "Bearer x");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).doesNotContain("retail");
            assertThat(get(server, "/proc/1/environ", "Bearer " + secret).statusCode())
                    .isEqualTo(404);
            assertThat(get(server, "/healthz", "none").statusCode()).isEqualTo(200);
        }
        for (String bad : List.of(
                "processes.listen=0.0.0.0:8443",
                "processes.listen=0.0.0.0:8443\ncertificate=/tls.crt\nkey=/tls.key",
                "processes.listen=127.0.0.1:0\nkey=/tls.key")) {
            Path file = Files.writeString(folder.resolve("bad.properties"), bad);
            assertThatThrownBy(() -> ProcessSettings.read(file)).as(bad).hasMessageContaining("setting");
        }
    }

    @Test
    void theManifestSeesTheNodesProcessesAndWritesNothing() throws Exception {
        String manifest = Files.readString(Path.of("deploy/processes.yaml"));
        assertThat(Stream.of(
                        "hostPID: true",
                        "readOnlyRootFilesystem: true",
                        "add: [DAC_READ_SEARCH, SYS_PTRACE]",
                        "automountServiceAccountToken: false",
                        "path: /var/log/containers",
                        "roles=processes"))
                .allSatisfy(each -> assertThat(manifest).contains(each));
        assertThat(manifest).doesNotContain("privileged: true").doesNotContain("hostNetwork");
    }
}
