package io.jenkins.plugins.shera.nginx.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.difflib.DiffUtils;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nginx.site.SiteAllowance;
import io.jenkins.plugins.shera.nginx.work.LookOnNode;
import io.jenkins.plugins.shera.nginx.work.NodeErrand;
import io.jenkins.plugins.shera.nginx.work.NodePlace;
import io.jenkins.plugins.shera.nginx.work.NodeVersion;
import io.jenkins.plugins.shera.nginx.work.NodeWork;
import io.jenkins.plugins.shera.nginx.work.PublishOnNode;
import io.jenkins.plugins.shera.nginx.work.Publishing;
import io.jenkins.plugins.shera.nginx.work.SiteOnNode;
import io.jenkins.plugins.shera.nodes.Command;
import io.jenkins.plugins.shera.nodes.ssh.HostKey;
import io.jenkins.plugins.shera.nodes.ssh.Login;
import io.jenkins.plugins.shera.nodes.ssh.NodeProgram;
import io.jenkins.plugins.shera.nodes.ssh.RealSshd;
import io.jenkins.plugins.shera.nodes.ssh.SshNode;
import io.jenkins.plugins.shera.nodes.ssh.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real nginx behind a real sshd, on a wire that is cut when it hurts. */
class SshNodeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final NodeProgram PROGRAM = new NodeProgram(
            "shera-nginx",
            List.of(NodeErrand.class, ObjectMapper.class, JsonFactory.class, JsonProperty.class, DiffUtils.class));

    @TempDir
    Path folder;

    private RealNginx nginx;
    private RealSshd sshd;
    private Wire wire;

    @BeforeEach
    void start() throws Exception {
        nginx = RealNginx.start(Files.createDirectory(folder.resolve("nginx")));
        sshd = RealSshd.start(Files.createDirectory(folder.resolve("ssh")));
        wire = new Wire(sshd.port());
    }

    @AfterEach
    void stop() throws Exception {
        if (wire != null) {
            wire.close();
        }
        if (sshd != null) {
            sshd.close();
        }
        if (nginx != null) {
            nginx.close();
        }
    }

    private SshNode node(Login login) {
        return new SshNode(login, PROGRAM, PATIENCE);
    }

    private <T> NodeErrand<T> there(NodeWork<T> work) {
        return new NodeErrand<>(place(), work);
    }

    private NodePlace place() {
        NginxInstallation installation = nginx.installation();
        return new NodePlace(
                installation.binary().toString(),
                installation.mainConfig().toString(),
                installation.folder().toString(),
                installation.versionPort(),
                installation.streamPort());
    }

    /** Over the wire. */
    private Login login() throws IOException {
        Login direct = sshd.login();
        return new Login(
                direct.host(),
                wire.port(),
                direct.user(),
                direct.privateKeys(),
                direct.passphrase(),
                direct.hostKey(),
                direct.java());
    }

    @Test
    void worksThereAndLeavesOnlyItsProgram() throws Exception {
        assertThat(node(login()).run(there(new NodeVersion()))).startsWith("nginx/");

        RouteOwner owner = RouteOwner.of("retail", "shop", "dev");
        Route route = Route.of(owner, "shop.example.com", nginx.port(), "/", List.of(Member.of("127.0.0.1", 9, 1)));
        assertThat(node(login())
                        .run(there(new PublishOnNode(new Publishing(route, List.of(), List.of()))))
                        .generation())
                .isEqualTo(1);
        assertThat(nginx.ask("shop.example.com", "/")).contains("502");
        assertThat(node(login()).run(there(new LookOnNode())).drift().isNone()).isTrue();
        assertThatThrownBy(() -> node(login())
                        .run(there(
                                SiteOnNode.test(Map.of("a.conf", "server { nonsense on; }"), SiteAllowance.usual()))))
                .hasMessageContaining("nonsense");
        // An answer is taken away there once it is known to have come here.
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> {
            try (Stream<Path> left = Files.walk(sshd.home().resolve(".cache/shera-nginx"))) {
                assertThat(left.filter(Files::isRegularFile)
                                .map(file -> file.getFileName().toString().replaceFirst("^[0-9a-f]{64}\\.", ""))
                                .filter(name -> !name.endsWith(".begun")))
                        .containsExactly("jar");
            }
        });
    }

    @Test
    void goesOnlyWhereItIsKnown() throws Exception {
        Login known = sshd.login();
        Login stranger = new Login(
                known.host(), known.port(), known.user(), known.privateKeys(), "open sesame", null, known.java());
        String fingerprint = known.hostKey().fingerprint();

        HostKey shown = SshNode.show("127.0.0.1", sshd.port());
        assertThatThrownBy(() -> node(stranger).run(there(new NodeVersion())))
                .hasMessageContaining("is not known")
                .hasMessageContaining(shown.fingerprint());
        assertThat(node(known).run(there(new NodeVersion()))).startsWith("nginx/");

        sshd.renewKey();
        assertThatThrownBy(() -> node(known).run(there(new NodeVersion())))
                .hasMessageContaining("changed")
                .hasMessageContaining(fingerprint);
        sshd.close();
        assertThatThrownBy(() -> node(known).run(there(new NodeVersion())))
                .hasMessageContaining("cannot be reached by SSH");
    }

    @Test
    void saysWhatIsWrongWithTheLoginAndTheMachine() throws Exception {
        Login good = sshd.login();
        String other = Files.readString(folder.resolve("ssh/other"));
        assertThatThrownBy(() -> node(with(good, List.of(other), "")).run(there(new NodeVersion())))
                .hasMessageContaining("is not let in");
        assertThatThrownBy(() -> node(with(good, good.privateKeys(), "wrong")).run(there(new NodeVersion())))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> node(with(good, List.of("no key"), "")).run(there(new NodeVersion())))
                .hasMessageContaining("cannot be read");
        Login noJava = new Login(
                good.host(), good.port(), good.user(), good.privateKeys(), "open sesame", good.hostKey(), "/no/java");
        assertThatThrownBy(() -> node(noJava).run(there(new NodeVersion())))
                .hasMessageContaining("There is no Java program");
    }

    private static Login with(Login login, List<String> keys, String passphrase) {
        return new Login(login.host(), login.port(), login.user(), keys, passphrase, login.hostKey(), login.java());
    }

    @Test
    void aCutInMidPushLosesNothing() throws Exception {
        node(login()).run(there(new NodeVersion()));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch mended = new CountDownLatch(1);
        HttpServer check = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        check.createContext("/", exchange -> {
            asked.countDown();
            try {
                mended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        check.start();
        try {
            SiteOnNode push = SiteOnNode.put(
                    Map.of("a.conf", "server { listen 127.0.0.1:" + nginx.port() + "; return 204; }\n"),
                    "http://127.0.0.1:" + check.getAddress().getPort() + "/",
                    SiteAllowance.usual());
            CompletableFuture<TreeMap<String, String>> done = CompletableFuture.supplyAsync(() -> {
                try {
                    return node(login()).run(there(push));
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            asked.await();
            // The files are in force there, and the check runs.
            wire.cut();
            wire.mend();
            mended.countDown();

            assertThat(done.get()).isEmpty();
            assertThat(nginx.ask("any", "/")).contains("204");
            assertThat(node(login()).run(there(SiteOnNode.test(Map.of(), SiteAllowance.usual()))))
                    .containsKey("a.conf");
        } finally {
            check.stop(0);
        }
    }

    @Test
    void whatDidNotArriveWholeNeverBegins() throws Exception {
        node(login()).run(there(new NodeVersion()));
        StringBuilder text = new StringBuilder("server { listen 127.0.0.1:" + nginx.port() + "; return 204; }\n");
        for (int i = 0; i < 40_000; i++) {
            text.append("# line ").append(i).append('\n');
        }
        wire.endAfter(100_000);
        assertThatThrownBy(() -> node(login())
                        .run(there(SiteOnNode.put(Map.of("a.conf", text.toString()), "", SiteAllowance.usual()))))
                .hasMessageContaining("before it had the work");
        assertThat(node(login()).run(there(SiteOnNode.test(Map.of(), SiteAllowance.usual()))))
                .isEmpty();
    }

    @Test
    void aFullDiskIsNamed() throws Exception {
        Command.Result mounted = Command.run(
                List.of(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=1m",
                        "tmpfs",
                        sshd.home().toString()),
                folder,
                Duration.ofSeconds(10));
        Assumptions.assumeTrue(mounted.succeeded(), "no small disk can be mounted here");
        try {
            assertThatThrownBy(() -> node(login()).run(there(new NodeVersion())))
                    .hasMessageContaining("No space left")
                    .hasMessageContaining(".cache/shera-nginx");
        } finally {
            Command.run(List.of("umount", "-l", sshd.home().toString()), folder, Duration.ofSeconds(10));
        }
    }
}
