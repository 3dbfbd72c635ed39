package io.jenkins.plugins.shera.monitoring.agent.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.monitoring.agent.ChatSettings;
import io.jenkins.plugins.shera.monitoring.agent.chats.ChatFiles;
import io.jenkins.plugins.shera.monitoring.agent.kept.TokenFile;
import io.jenkins.plugins.shera.monitoring.alertmanager.ChatMessage;
import io.jenkins.plugins.shera.monitoring.alertmanager.Notice;
import io.jenkins.plugins.shera.monitoring.chats.ChatBook;
import io.jenkins.plugins.shera.monitoring.chats.ChatSignature;
import io.jenkins.plugins.shera.monitoring.chats.ChatTarget;
import io.jenkins.plugins.shera.monitoring.news.HookPost;
import io.jenkins.plugins.shera.monitoring.news.NotTakenException;
import io.jenkins.plugins.shera.monitoring.served.ChatDaemon;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes what Alertmanager tells robots of chats, {@code POST /v1/chats/TENANT/RECEIVER}, and passes it on in their words. Jenkins says
 * which robots there are, {@code PUT /v1/chats/TENANT}, and need not be there afterwards. What a robot did not take is answered with an
 * error of 500 or above, so that Alertmanager says it again.
 */
public final class ChatServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ChatServer.class.getName());
    private static final String NAME = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern TENANT = Pattern.compile(ChatDaemon.PATH + "/(" + NAME + ")");
    private static final Pattern ROBOT = Pattern.compile(ChatDaemon.PATH + "/(" + NAME + ")/(" + NAME + ")");
    private static final int LARGEST = 4 << 20;
    private static final int THREADS = 16;

    private final ChatFiles files;
    private final TokenFile pushToken;
    private final Answering answering;

    private ChatServer(HttpServer server, ChatFiles files, TokenFile pushToken) {
        this.files = files;
        this.pushToken = pushToken;
        this.answering = Answering.start(
                server,
                "chats",
                THREADS,
                "Nobody was told and nothing was changed.",
                "it could not read or write its files",
                this::route);
    }

    /**
     * Begins with the robots that lie on the disk.
     *
     * @throws IOException if the address or the folder is taken, or a file of the settings cannot be read
     */
    public static ChatServer start(ChatSettings settings) throws IOException {
        TokenFile push = TokenFile.of(settings.pushToken());
        ChatFiles files = ChatFiles.open(settings.folder());
        try {
            return new ChatServer(
                    ServerTls.listen(settings.listen(), settings.certificate(), settings.key()), files, push);
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /** Where it answers. */
    public InetSocketAddress address() {
        return answering.address();
    }

    private void route(HttpExchange exchange) throws Refused, IOException {
        String path = exchange.getRequestURI().getPath();
        Matcher robot = ROBOT.matcher(path);
        Matcher tenant = TENANT.matcher(path);
        if (robot.matches()) {
            Answering.allow(exchange, "POST");
            tell(exchange, robot.group(1), robot.group(2));
        } else if (tenant.matches()) {
            Answering.authorise(exchange, pushToken);
            if (exchange.getRequestMethod().equals("PUT")) {
                replace(exchange, tenant.group(1));
            } else {
                Answering.allow(exchange, "GET");
            }
            ChatBook kept = files.read(tenant.group(1));
            give(
                    exchange,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("generation", kept.generation())
                            .put("mark", kept.mark()));
        } else if (path.equals(ChatDaemon.PATH)) {
            Answering.allow(exchange, "GET");
            Answering.authorise(exchange, pushToken);
            Answering.giveTenants(exchange, files.tenants());
        } else {
            throw new Refused(404, "path", "there is nothing here", "Ask for " + ChatDaemon.PATH + ".");
        }
    }

    private void tell(HttpExchange exchange, String tenant, String receiver) throws Refused, IOException {
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        ChatTarget target = files.read(tenant)
                .target(receiver)
                .filter(each -> each.isShown(shown))
                .orElse(null);
        if (target == null) {
            // Alertmanager forgets what is refused with 400 to 499; Jenkins may be about to tell of this robot anew.
            throw new Refused(
                    503,
                    "Authorization",
                    "no robot is known here by this name and secret",
                    "It is asked again; Jenkins tells of robots within ten minutes.");
        }
        byte[] body = Answering.body(exchange, LARGEST, "Let Alertmanager tell of fewer alerts at once.");
        List<Notice> own;
        try {
            own = Notice.read(body).stream()
                    .filter(notice -> notice.label("tenant").equals(tenant))
                    .toList();
        } catch (IOException e) {
            throw new Refused(400, "body", "it is no JSON", "Send what Alertmanager tells web hooks.");
        }
        if (!own.isEmpty()) {
            pass(tenant, target, own);
        }
        exchange.sendResponseHeaders(204, -1);
    }

    private static void pass(String tenant, ChatTarget target, List<Notice> notices) throws Refused {
        String name = "the robot of " + tenant + "/" + target.receiver();
        try {
            ObjectNode message = ChatMessage.of(target.kind(), notices);
            URI address = HookPost.outside(HookPost.address(target.address(), name), name);
            HookPost.post(
                    ChatSignature.sign(target.kind(), target.signing(), address, message, Instant.now()),
                    message,
                    Map.of(),
                    name);
        } catch (NotTakenException e) {
            LOG.log(Level.WARNING, "{0}; Alertmanager says it again", e.getMessage());
            throw new Refused(502, "robot", e.getMessage(), "Alertmanager says it again.");
        }
    }

    private void replace(HttpExchange exchange, String tenant) throws Refused, IOException {
        byte[] body = Answering.body(exchange, LARGEST, "Have fewer robots for this tenant.");
        Answering.change(
                "{\"after\": N, \"targets\": [...]}", () -> files.replace(tenant, ChatBook.read(body, "after")));
    }

    private static void give(HttpExchange exchange, ObjectNode body) throws IOException {
        Answering.give(exchange, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        answering.close();
        try {
            files.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The folder of robots was not let go of", e);
        }
    }
}
