package io.jenkins.plugins.shera.terminal.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.terminal.docker.EngineException.Kind;
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

/** Requests to one engine, each on a wire of its own, for a thread that waits. */
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
    EngineAnswer send(String method, String path, JsonNode body, String... headers) throws IOException {
        byte[] bytes = body == null ? new byte[0] : JSON.writeValueAsBytes(body);
        StringBuilder more = new StringBuilder(body == null ? "" : "Content-Type: application/json\r\n");
        for (String header : headers) {
            more.append(header).append("\r\n");
        }
        return exchange(method, path, more.toString(), new java.io.ByteArrayInputStream(bytes), bytes.length);
    }

    /** Sends bytes. */
    EngineAnswer send(String method, String path, InputStream body, long length) throws IOException {
        return exchange(method, path, "Content-Type: application/x-tar\r\n", body, length);
    }

    private EngineAnswer exchange(String method, String path, String headers, InputStream body, long length)
            throws IOException {
        String what = method + " " + path.replaceAll("\\?.*", "") + " at " + address;
        WireInput input = new WireInput(what, patience);
        Wire wire;
        try {
            wire = Wire.open(address, connect, input);
        } catch (IOException e) {
            throw new EngineException(
                    Kind.UNREACHABLE,
                    Messages._Engine_unreachable(address.toString(), String.valueOf(e.getMessage())),
                    e);
        }
        boolean answered = false;
        try {
            String connection = headers.contains("Upgrade:") ? "" : "Connection: close\r\n";
            String size = method.equals("GET") || method.equals("HEAD") ? "" : "Content-Length: " + length + "\r\n";
            String head = method + " " + path + " HTTP/1.1\r\nHost: docker\r\nUser-Agent: shera\r\n" + connection + size
                    + headers + "\r\n";
            await(wire.send(ByteBuffer.wrap(head.getBytes(StandardCharsets.UTF_8))), what);
            send(wire, body, length, what);
            EngineAnswer answer = EngineAnswer.read(wire, input);
            check(answer, what, method.equals("HEAD"));
            answered = true;
            return answer;
        } catch (EngineException e) {
            throw e;
        } catch (IOException e) {
            throw broke(what, e);
        } finally {
            if (!answered) {
                wire.close();
            }
        }
    }

    /** An engine that refuses early reads no more; then its answer says why. */
    private void send(Wire wire, InputStream body, long length, String what) throws IOException {
        for (long left = length; left > 0; ) {
            byte[] piece = body.readNBytes((int) Math.min(PIECE, left));
            if (piece.length == 0) {
                throw new IOException("the body was cut short");
            }
            left -= piece.length;
            try {
                await(wire.send(ByteBuffer.wrap(piece)), what);
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
