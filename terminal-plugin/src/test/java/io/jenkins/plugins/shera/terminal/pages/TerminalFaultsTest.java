package io.jenkins.plugins.shera.terminal.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import io.jenkins.plugins.shera.terminal.session.Target;
import io.jenkins.plugins.shera.terminal.session.TerminalSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What becomes of a session when the pod, the browser, the network or Jenkins fails. */
@Tag("cluster")
class TerminalFaultsTest {
    private static final String TERMINAL = "shera/tenant/retail/application/shop/terminal/";
    private static final Duration LONG = Duration.ofMinutes(2);

    /** What is under way to the browser, what is kept for the next one, and the last piece. */
    private static final long MOST_HELD = 1 << 20;

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path folder;

    private TestPods pods;

    @BeforeEach
    void open() throws Exception {
        pods = new TestPods(folder);
        pods.image("shop", "1", List.of("sh", "yes", "sleep", "cat", "echo", "ps", "grep"), "0");
        pods.start("shop-1", pods.reference("shop", "1"));
    }

    @AfterEach
    void close() throws Exception {
        if (pods != null) {
            pods.close();
        }
    }

    private TerminalSession session() throws IOException {
        Tenant tenant = SheraConfiguration.get().tenant("retail");
        Application shop = SheraConfiguration.get().application("retail", "shop");
        Rooms rooms = new Rooms(tenant, shop);
        ClusterAccess access = rooms.access(rooms.environment("dev"));
        Target target = new Target("retail", "shop", "dev", pods.namespace(), "shop-1", "main");
        User ada = User.getById("ada", true);
        try (ACLContext ignored = ACL.as2(ada.impersonate2())) {
            return TerminalDesk.get().open(ada, target, access, "sh", 80, 24);
        }
    }

    /** A browser's end of a session, which reads when it is told to. */
    private static final class Browser implements WebSocket.Listener {
        private final AtomicLong got = new AtomicLong();
        private final StringBuffer texts = new StringBuffer();
        private volatile boolean reading = true;
        private volatile WebSocket socket;

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            opened.request(1);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            got.addAndGet(data.remaining());
            if (reading) {
                from.request(1);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            texts.append(data);
            if (reading) {
                from.request(1);
            }
            return null;
        }

        void type(String keys) {
            socket.sendBinary(ByteBuffer.wrap(keys.getBytes(StandardCharsets.UTF_8)), true)
                    .join();
        }
    }

    private static Browser look(JenkinsRule rule, int port, TerminalSession session, long from) throws Exception {
        return look(rule, port, "ada", "socket?session=" + session.id() + "&from=" + from);
    }

    private static Browser look(JenkinsRule rule, int port, String user, String at) throws Exception {
        Browser browser = new Browser();
        String login = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        String root = "localhost:" + port + rule.getURL().getPath();
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Basic " + login)
                .header("Origin", "http://localhost:" + port)
                .buildAsync(URI.create("ws://" + root + TERMINAL + at), browser)
                .get(60, java.util.concurrent.TimeUnit.SECONDS);
        await().atMost(LONG).until(() -> browser.texts.indexOf("begin") >= 0);
        return browser;
    }

    private static long settled(TerminalSession session) {
        AtomicLong last = new AtomicLong(-1);
        await().atMost(LONG)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> last.getAndSet(session.said()) == session.said());
        return session.said();
    }

    @Test
    void aPodMadeAnewUnderTheSameNameIsNotEnteredByTheOldSession() throws Throwable {
        sessions.then(rule -> {
            PackageTenant.configure(rule, pods);
            TerminalSession old = session();
            pods.remove("shop-1");
            pods.start("shop-1", pods.reference("shop", "1"));
            await().atMost(LONG).until(old::isEnded);
            TerminalDesk.get().round();
            assertThat(TerminalDesk.get().find(old.id())).isNull();
            TerminalSession fresh = session();
            assertThat(fresh.isEnded()).isFalse();
            fresh.kill("killed");
        });
    }

    @Test
    void aFloodWaitsForASlowBrowserAndForOneThatIsGoneAndIsStoppedByCtrlC() throws Throwable {
        sessions.then(rule -> {
            PackageTenant.configure(rule, pods);
            int port = rule.getURL().getPort();
            TerminalSession session = session();
            Browser slow = look(rule, port, session, -1);
            slow.reading = false;
            slow.type("yes\r");
            await().atMost(LONG).until(() -> session.said() > TerminalSession.MOST_UNCONFIRMED / 2);
            long held = settled(session);
            assertThat(held).as("the shell is held back").isLessThan(MOST_HELD);
            slow.socket.abort();
            await().atMost(LONG).until(() -> !session.isWatched());
            assertThat(settled(session)).as("nobody looks, nothing grows").isLessThan(MOST_HELD);

            Browser back = look(rule, port, session, 0);
            back.socket.sendText("{\"ack\":" + session.said() + "}", true).join();
            await().atMost(LONG).until(() -> session.said() > held);
            back.type("\u0003");
            await().atMost(LONG).until(() -> {
                back.socket.sendText("{\"ack\":" + session.said() + "}", true).join();
                return pods.say("shop-1", "sh", "-c", "ps | grep '[y]es$' || true")
                        .isEmpty();
            });
            session.kill("killed");
        });
    }

    /** Passes bytes on until it is told to lose them; neither side hears of an end. */
    private static final class Wire implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> sockets = new ArrayList<>();
        private final int to;
        private volatile boolean lost;

        Wire(int to) throws IOException {
            this.to = to;
            thread(this::take);
        }

        int port() {
            return server.getLocalPort();
        }

        private void take() {
            while (!server.isClosed()) {
                try {
                    Socket from = server.accept();
                    Socket out = new Socket(InetAddress.getLoopbackAddress(), to);
                    synchronized (sockets) {
                        sockets.add(from);
                        sockets.add(out);
                    }
                    thread(() -> pass(from, out));
                    thread(() -> pass(out, from));
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void pass(Socket from, Socket out) {
            byte[] piece = new byte[8192];
            try {
                InputStream in = from.getInputStream();
                OutputStream on = out.getOutputStream();
                for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                    if (!lost) {
                        on.write(piece, 0, read);
                    }
                }
            } catch (IOException e) {
                // closed with the test
            }
        }

        private static void thread(Runnable work) {
            Thread thread = new Thread(work, "wire");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            server.close();
            synchronized (sockets) {
                for (Socket each : sockets) {
                    each.close();
                }
            }
        }
    }

    @Test
    void whoWasCutOffWithoutAWordComesBackToTheSameShell() throws Throwable {
        sessions.then(rule -> {
            PackageTenant.configure(rule, pods);
            int port = rule.getURL().getPort();
            TerminalSession session = session();
            try (Wire wire = new Wire(port)) {
                Browser first = look(rule, wire.port(), session, -1);
                first.type("X=before; echo said-$X\r");
                await().atMost(LONG).until(() -> first.got.get() > 30);
                wire.lost = true;
                assertThat(session.isWatched())
                        .as("nobody has heard of the cut")
                        .isTrue();
                Browser second = look(rule, port, session, 0);
                await().atMost(LONG).until(() -> second.got.get() >= first.got.get());
                second.type("test \"$X\" = before && echo yes > /tmp/same\r");
                await().atMost(LONG).until(() -> pods.say("shop-1", "sh", "-c", "cat /tmp/same 2>/dev/null || true")
                        .equals("yes\n"));
                assertThat(session.isEnded()).isFalse();
            }
            session.kill("killed");
        });
    }

    @Test
    void whoHasTheLinkAndTheRightWatchesAndCannotType() throws Throwable {
        sessions.then(rule -> {
            PackageTenant.configure(rule, pods);
            int port = rule.getURL().getPort();
            TerminalSession session = session();
            Browser owner = look(rule, port, session, -1);
            String link = session.share("0b6c1f4e-link");
            Browser bob = look(rule, port, "bob", "watch?link=" + link);
            owner.type("echo seen-$((40+2)) > /tmp/seen; cat /tmp/seen\r");
            await().atMost(LONG).until(() -> owner.got.get() > 0 && bob.got.get() >= owner.got.get());
            assertThat(owner.texts.toString()).contains("\"bob\"");
            for (String[] no : new String[][] {{"viewer", link}, {"bob", "guess"}, {"bob", ""}}) {
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> look(rule, port, no[0], "watch?link=" + no[1]))
                        .as(no[0] + " " + no[1])
                        .hasCauseInstanceOf(java.net.http.WebSocketHandshakeException.class);
            }
            bob.type("touch /tmp/typed\r");
            await().atMost(LONG).until(() -> bob.texts.indexOf("readonly") >= 0);
            Browser again = look(rule, port, "bob", "watch?link=" + link);
            again.socket.sendText("{\"columns\":1,\"rows\":1}", true).join();
            await().atMost(LONG).until(() -> again.texts.indexOf("readonly") >= 0);
            assertThat(pods.say("shop-1", "sh", "-c", "cat /tmp/typed 2>/dev/null && echo typed || echo not"))
                    .isEqualTo("not\n");
            Browser last = look(rule, port, "bob", "watch?link=" + link);
            session.kill("killed");
            await().atMost(LONG).until(() -> last.texts.indexOf("killed") >= 0);
        });
    }

    private boolean runs(String what) throws Exception {
        return !pods.say("shop-1", "sh", "-c", "ps | grep '[" + what.charAt(0) + "]" + what.substring(1) + "' || true")
                .isEmpty();
    }

    /** A program that does not mind a hang-up, in the background of a session. */
    private TerminalSession stubborn(JenkinsRule rule, String program) throws Exception {
        TerminalSession session = session();
        Browser browser = look(rule, rule.getURL().getPort(), session, -1);
        browser.type("(trap '' HUP; exec " + program + ") &\r");
        await().atMost(LONG).until(() -> runs(program));
        return session;
    }

    @Test
    void whatWasStartedAtATerminalEndsWithItAlsoWhatDoesNotMindAHangUp() throws Throwable {
        sessions.then(rule -> {
            PackageTenant.configure(rule, pods);
            TerminalSession session = stubborn(rule, "sleep 4321");
            TerminalSession other = stubborn(rule, "sleep 1234");
            session.kill("killed");
            await().atMost(LONG).until(() -> !runs("sleep 4321"));
            assertThat(runs("sleep 1234")).as("another session's").isTrue();
            assertThat(other.isEnded()).isFalse();
            other.kill("killed");
            await().atMost(LONG).until(() -> !runs("sleep 1234"));
        });
    }

    @Test
    void aShellThatAJenkinsLeftBehindIsEndedByTheNext() throws Throwable {
        sessions.then(rule -> {
            PackageTenant.configure(rule, pods);
            stubborn(rule, "sleep 5432");
        });
        sessions.then(rule -> await().atMost(LONG).until(() -> !runs("sleep 5432")));
    }

    @Test
    void aSessionEndsWithJenkins() throws Throwable {
        String[] id = new String[1];
        sessions.then(rule -> {
            PackageTenant.configure(rule, pods);
            id[0] = session().id();
            assertThat(TerminalDesk.get().find(id[0])).isNotNull();
        });
        sessions.then(rule -> assertThat(TerminalDesk.get().find(id[0])).isNull());
    }
}
