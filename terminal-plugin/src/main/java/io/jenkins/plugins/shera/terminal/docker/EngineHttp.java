package io.jenkins.plugins.shera.terminal.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.terminal.docker.EngineException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests to one engine, each on a connection of its own, for a thread that waits. */
final class EngineHttp {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PIECE = 64 * 1024;
    private static final int MOST_ERROR = 64 * 1024;
    private static final int LONGEST_SHOWN = 400;

    private final EngineAddress address;
    private final Duration connect;
    private final Duration patience;

    EngineHttp(EngineAddress address, Duration connect, Duration patience) {
        this.address = address;
        this.connect = connect;
        this.patience = patience;
    }

    /** A text as part of a path or query. */
    static String quoted(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Asks for JSON. */
    JsonNode json(String method, String path, JsonNode body, int most) throws IOException {
        try (EngineAnswer answer = send(method, path, body)) {
            return JSON.readTree(answer.bytes(most));
        } catch (EngineException e) {
            throw e;
        } catch (IOException e) {
            throw broke(method + " " + path, e);
        }
    }

    /** Sends a body of JSON, or none for null; an answer that refuses is thrown. */
    EngineAnswer send(String method, String path, JsonNode body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : JSON.writeValueAsBytes(body);
        String type = body == null ? "" : "Content-Type: application/json\r\n";
        return exchange(method, path, type, new ByteArrayInputStream(bytes), bytes.length);
    }

    /** Sends bytes. */
    EngineAnswer send(String method, String path, InputStream body, long length) throws IOException {
        return exchange(method, path, "Content-Type: application/x-tar\r\n", body, length);
    }

    /** A connection that both sides use as they like once the engine has agreed. */
    record Upgraded(Wire wire, WireInput rest) {}

    /** Asks, by JSON, to go on with the bare connection. */
    Upgraded upgrade(String path, JsonNode body) throws IOException {
        String what = what("POST", path);
        byte[] bytes = JSON.writeValueAsBytes(body);
        WireInput input = new WireInput(what, patience);
        Wire wire = wire(input);
        String headers = "Connection: Upgrade\r\nUpgrade: tcp\r\nContent-Type: application/json\r\n";
        answer(
                what,
                "POST",
                head("POST", path, headers, bytes.length),
                new ByteArrayInputStream(bytes),
                bytes.length,
                piece -> await(wire.send(ByteBuffer.wrap(piece)), what),
                input,
                wire::close);
        return new Upgraded(wire, input);
    }

    private EngineAnswer exchange(String method, String path, String headers, InputStream body, long length)
            throws IOException {
        String what = what(method, path);
        byte[] head = head(method, path, "Connection: close\r\n" + headers, length);
        if (address.isSecure()) {
            WireInput input = new WireInput(what, patience);
            Wire wire = wire(input);
            Sender sender = piece -> await(wire.send(ByteBuffer.wrap(piece)), what);
            return answer(what, method, head, body, length, sender, input, wire::close);
        }
        DirectLine line;
        try {
            line = DirectLine.open(address, connect, what, patience);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw unreachable(e);
        }
        return answer(what, method, head, body, length, line::send, line, line::close);
    }

    private String what(String method, String path) {
        return method + " " + path.replaceAll("\\?.*", "") + " at " + address;
    }

    private static byte[] head(String method, String path, String headers, long length) {
        String size = method.equals("GET") || method.equals("HEAD") ? "" : "Content-Length: " + length + "\r\n";
        return (method + " " + path + " HTTP/1.1\r\nHost: docker\r\nUser-Agent: shera\r\n" + size + headers + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Wire wire(WireInput input) throws EngineException {
        try {
            return Wire.open(address, connect, input);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private EngineException unreachable(IOException e) {
        return new EngineException(
                Kind.UNREACHABLE, Messages._Engine_unreachable(address.toString(), String.valueOf(e.getMessage())), e);
    }

    /** Brings bytes to the engine. */
    private interface Sender {
        void send(byte[] piece) throws IOException;
    }

    private EngineAnswer answer(
            String what,
            String method,
            byte[] head,
            InputStream body,
            long length,
            Sender sender,
            InputStream input,
            Runnable drop)
            throws IOException {
        boolean answered = false;
        try {
            sender.send(head);
            send(sender, body, length);
            EngineAnswer answer = EngineAnswer.read(input, drop);
            check(answer, what, method.equals("HEAD"));
            answered = true;
            return answer;
        } catch (EngineException e) {
            throw e;
        } catch (IOException e) {
            throw broke(what, e);
        } finally {
            if (!answered) {
                drop.run();
            }
        }
    }

    /** An engine that refuses early reads no more; then its answer says why. */
    private static void send(Sender sender, InputStream body, long length) throws IOException {
        for (long left = length; left > 0; ) {
            byte[] piece = body.readNBytes((int) Math.min(PIECE, left));
            if (piece.length == 0) {
                throw new IOException("the body was cut short");
            }
            left -= piece.length;
            try {
                sender.send(piece);
            } catch (EngineException e) {
                return;
            }
        }
    }

    private void await(CompletableFuture<Void> sent, String what) throws IOException {
        try {
            sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(what + ": interrupted");
        } catch (ExecutionException e) {
            throw new EngineException(
                    Kind.UNREACHABLE,
                    Messages._Engine_broke(what, String.valueOf(e.getCause().getMessage())),
                    e.getCause());
        } catch (TimeoutException e) {
            throw new EngineException(Kind.UNREACHABLE, Messages._Engine_late(what, patience.toSeconds()), e);
        }
    }

    private static void check(EngineAnswer answer, String what, boolean headAlone) throws IOException {
        int status = answer.status();
        if (status < 300 && status != 100) {
            return;
        }
        String said = headAlone ? "" : answer.text(MOST_ERROR);
        try {
            said = JSON.readTree(said).path("message").asText(said);
        } catch (IOException e) {
            said = said.isEmpty() ? "HTTP " + status : said;
        }
        said = said.replaceAll("\\p{Cntrl}+", " ").strip();
        said = said.isEmpty() ? "HTTP " + status : said.substring(0, Math.min(said.length(), LONGEST_SHOWN));
        throw new EngineException(status == 404 ? Kind.NOT_FOUND : Kind.REFUSED, Messages._Engine_refused(what, said));
    }

    private static IOException broke(String what, IOException e) {
        if (e instanceof InterruptedIOException || e instanceof EngineException) {
            return e;
        }
        return new EngineException(Kind.UNREACHABLE, Messages._Engine_broke(what, String.valueOf(e.getMessage())), e);
    }
}
