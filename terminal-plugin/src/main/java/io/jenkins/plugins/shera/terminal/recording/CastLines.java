package io.jenkins.plugins.shera.terminal.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Puts what a terminal shows into lines of asciicast v2, none longer than {@link CastFile#LONGEST_LINE}. For one thread at a time. */
final class CastLines {
    /** Characters of an event at most; each is six bytes at worst. */
    private static final int LONGEST_TEXT = 32 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer rest = ByteBuffer.allocate(0);

    /** The first line. */
    static String header(Facts facts) {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        header.put("version", 2);
        header.put("width", facts.columns());
        header.put("height", facts.rows());
        header.put("timestamp", facts.started().getEpochSecond());
        header.put("title", facts.title());
        header.putObject("env").put("TERM", "xterm-256color");
        return header + "\n";
    }

    /** Events for these bytes; a character cut by the end of the piece comes with the next. */
    String output(long nanos, byte[] piece) {
        ByteBuffer in = ByteBuffer.allocate(rest.remaining() + piece.length)
                .put(rest)
                .put(piece)
                .flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, false);
        rest = in;
        return events(nanos, out.flip().toString());
    }

    /** What is left of a cut character at the end of it all. */
    String flush(long nanos) {
        CharBuffer out = CharBuffer.allocate(rest.remaining() + 4);
        decoder.decode(rest, out, true);
        decoder.flush(out);
        return events(nanos, out.flip().toString());
    }

    static String resize(long nanos, int columns, int rows) {
        return event(nanos, "r", columns + "x" + rows);
    }

    static String marker(long nanos, String label) {
        return event(nanos, "m", label);
    }

    private static String events(long nanos, String text) {
        StringBuilder lines = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + LONGEST_TEXT);
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            lines.append(event(nanos, "o", text.substring(at, end)));
            at = end;
        }
        return lines.toString();
    }

    private static String event(long nanos, String kind, String text) {
        long micros = TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos));
        try {
            String at = String.format(Locale.ROOT, "%d.%06d", micros / 1_000_000, micros % 1_000_000);
            return "[" + at + ", \"" + kind + "\", " + JSON.writeValueAsString(text) + "]\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
