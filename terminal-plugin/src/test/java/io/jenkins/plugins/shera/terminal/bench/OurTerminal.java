package io.jenkins.plugins.shera.terminal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The tab Terminal as a browser uses it: a session by REST, a WebSocket, and a confirmation of what was shown. */
final class OurTerminal implements Arm, WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String TERMINAL = "shera/tenant/retail/application/shop/terminal/";
    private static final HttpClient SOCKETS = HttpClient.newHttpClient();
    private static final int CONFIRM_EACH = 128 * 1024;

    private final Heard heard = new Heard();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final WebSocket socket;
    private final boolean confirming;
    private final String root;
    private final String user;
    private final String session;
    private long confirmed;

    /** Opens a session of this user in the container main of a pod. */
    OurTerminal(String root, String user, String pod) throws Exception {
        this(root, user, pod, "main", true);
    }

    /** The same in any container; one that does not confirm is a browser that shows nothing. */
    OurTerminal(String root, String user, String pod, String container, boolean confirming) throws Exception {
        this.confirming = confirming;
        this.root = root;
        this.user = user;
        this.session = open(root, user, pod, container);
        URI server = URI.create(root);
        socket = SOCKETS.newWebSocketBuilder()
                .header("Authorization", login(user))
                .header("Origin", "http://" + server.getAuthority())
                .buildAsync(URI.create(root.replaceFirst("^http", "ws") + TERMINAL + "socket?session=" + session), this)
                .get(60, TimeUnit.SECONDS);
        if (!begun.await(60, TimeUnit.SECONDS)) {
            throw new IOException("the session did not begin");
        }
    }

    private static String login(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
    }

    /** A session that nobody looks at yet; its id. */
    static String open(String root, String user, String pod, String container) throws Exception {
        String body = "{\"environment\":\"dev\",\"pod\":\"" + pod + "\",\"container\":\"" + container
                + "\",\"shell\":\"sh\"}";
        String answer = post(root, user, "open", body);
        String session = JSON.readTree(answer).path("session").asText();
        if (session.isEmpty()) {
            throw new IOException("no session: " + answer);
        }
        return session;
    }

    private static String post(String root, String user, String verb, String body)
            throws IOException, InterruptedException {
        String login = login(user);
        HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        HttpRequest ask = HttpRequest.newBuilder(URI.create(root + "crumbIssuer/api/json"))
                .header("Authorization", login)
                .build();
        JsonNode crumb = JSON.readTree(
                client.send(ask, HttpResponse.BodyHandlers.ofString()).body());
        HttpRequest request = HttpRequest.newBuilder(URI.create(root + TERMINAL + verb))
                .header("Authorization", login)
                .header("Content-Type", "application/json")
                .header(
                        crumb.path("crumbRequestField").asText(),
                        crumb.path("crumb").asText())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        begun.countDown();
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        heard.take(bytes, 0, bytes.length);
        long now = heard.got();
        if (confirming && now - confirmed >= CONFIRM_EACH) {
            confirmed = now;
            from.sendText("{\"ack\":" + now + "}", true);
        }
        from.request(1);
        return null;
    }

    @Override
    public void type(String keys) {
        socket.sendBinary(ByteBuffer.wrap(keys.getBytes(StandardCharsets.UTF_8)), true)
                .join();
    }

    Heard heard() {
        return heard;
    }

    @Override
    public long await(long bytes) throws IOException, InterruptedException {
        return heard.await(bytes);
    }

    @Override
    public long got() {
        return heard.got();
    }

    @Override
    public String since(long offset) {
        return heard.since(offset);
    }

    /** Ends the session too: one that only lost its socket waits to be joined again, and a person may have just ten. */
    @Override
    public void close() throws IOException {
        socket.abort();
        try {
            post(root, user, "kill", "{\"session\":\"" + session + "\"}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
