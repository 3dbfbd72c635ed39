package io.jenkins.plugins.shera.monitoring.news;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.alertmanager.ChatMessage;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Posts JSON to web hooks and robots: an end to every wait, no redirects, and the address, which may be a secret, in no message. */
public final class HookPost {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST = 64 * 1024;
    private static final long WHOLE_SECONDS = 10;
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private HookPost() {}

    /** The address in a text; {@code name} says whose it is where there is none. */
    public static URI address(String text, String name) throws NotTakenException {
        try {
            URI address = URI.create(text.strip());
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (web && address.getHost() != null && address.getUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // The message of the exception would hold the secret.
        }
        throw refused("the address of " + name + " is none");
    }

    /** The same address where nothing of the machine's own network lies there, as it is known now. */
    public static URI outside(URI address, String name) throws NotTakenException {
        try {
            for (InetAddress each : InetAddress.getAllByName(address.getHost())) {
                // Link-local addresses are where clouds keep credentials of machines.
                if (each.isLinkLocalAddress() || each.isAnyLocalAddress() || each.isMulticastAddress()) {
                    throw refused(name + " lies on a host that web hooks may not lie on");
                }
            }
        } catch (UnknownHostException e) {
            throw refused("the host of " + name + " is not known");
        }
        return address;
    }

    /** Posts a message; it was taken when this returns. */
    public static void post(URI address, ObjectNode message, Map<String, String> headers, String name)
            throws NotTakenException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(WHOLE_SECONDS))
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(message.toString(), StandardCharsets.UTF_8));
        headers.forEach(request::header);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        CompletableFuture<HttpResponse<Void>> answer =
                HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArrayConsumer(part -> {
                    byte[] bytes = part.orElse(new byte[0]);
                    synchronized (body) {
                        body.write(bytes, 0, Math.min(bytes.length, LARGEST - body.size()));
                    }
                }));
        try {
            HttpResponse<Void> taken = answer.get(WHOLE_SECONDS, TimeUnit.SECONDS);
            String text;
            synchronized (body) {
                text = body.toString(StandardCharsets.UTF_8);
            }
            if (taken.statusCode() / 100 != 2 || !accepted(text)) {
                throw new NotTakenException(
                        name + " did not take the message (" + taken.statusCode() + ")", again(taken));
            }
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw refused("interrupted while telling " + name);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw refused(name + " did not answer within " + WHOLE_SECONDS + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SSLException) {
                throw refused(
                        "no secure connection to " + name + ": Java does not trust its certificate, or it is not for"
                                + " that host. Where an authority of your own issued it, add that authority to the trust store of"
                                + " the Java that tells it (javax.net.ssl.trustStore), and start that again");
            }
            throw refused(
                    name + " cannot be reached (" + e.getCause().getClass().getSimpleName() + ")");
        }
    }

    private static Duration again(HttpResponse<Void> answer) {
        String wish = answer.headers().firstValue("Retry-After").orElse("");
        return wish.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(wish)) : Duration.ZERO;
    }

    /** Slack says ok in plain words, the others answer JSON with a code. */
    private static boolean accepted(String text) {
        try {
            return ChatMessage.isAccepted(JSON.readTree(text.isBlank() ? "{}" : text));
        } catch (JsonProcessingException e) {
            return true;
        }
    }

    private static NotTakenException refused(String why) {
        return new NotTakenException(why, Duration.ZERO);
    }
}
