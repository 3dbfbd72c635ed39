package io.jenkins.plugins.shera.monitoring.logs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Decodes the JSON string of {@code log} as docker's own reader does: escapes become what they mean, bytes that are not UTF-8 and
 * halves of a pair become U+FFFD. A record without {@code log} is an empty one.
 */
final class DockerDecoder implements RecordDecoder {

    private static final byte[] PREFIX = "{\"log\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    private enum At {
        PREFIX,
        TEXT,
        ESCAPE,
        HEX,
        AFTER
    }

    private final byte[] out = new byte[8192];
    private final Utf8Check utf8 = new Utf8Check();
    private int filled;
    private At at = At.PREFIX;
    private int matched;
    private int hexDigits;
    private int unit;
    private int high;

    @Override
    public void reset() {
        filled = 0;
        at = At.PREFIX;
        matched = 0;
        high = 0;
        utf8.reset();
    }

    @Override
    public void feed(byte[] bytes, int from, int to, LogSink sink) throws IOException {
        for (int i = from; i < to && at != At.AFTER; i++) {
            byte each = bytes[i];
            if (at == At.TEXT && each != '"' && each != '\\' && each >= 0 && high == 0 && utf8.isIdle()) {
                i = plain(bytes, i, to, sink) - 1;
            } else {
                step(each, sink);
            }
        }
    }

    /** Copies a stretch of plain ASCII at once; gives the index of the first byte that is not. */
    private int plain(byte[] bytes, int from, int to, LogSink sink) throws IOException {
        int end = from;
        while (end < to && bytes[end] >= 0 && bytes[end] != '"' && bytes[end] != '\\') {
            end++;
        }
        if (end - from > out.length - filled) {
            flush(sink);
        }
        if (end - from > out.length) {
            sink.content(bytes, from, end - from);
        } else {
            System.arraycopy(bytes, from, out, filled, end - from);
            filled += end - from;
        }
        return end;
    }

    private void step(byte each, LogSink sink) throws IOException {
        switch (at) {
            case PREFIX -> prefix(each);
            case TEXT -> text(each, sink);
            case ESCAPE -> escape(each, sink);
            case HEX -> hex(each, sink);
            case AFTER -> {
                return;
            }
        }
    }

    private void prefix(byte each) {
        if (each != PREFIX[matched]) {
            at = At.AFTER;
        } else if (++matched == PREFIX.length) {
            at = At.TEXT;
        }
    }

    private void text(byte each, LogSink sink) throws IOException {
        if (each == '\\') {
            endOfBytes(sink);
            at = At.ESCAPE;
            return;
        }
        endOfPair(sink);
        if (each == '"') {
            endOfBytes(sink);
            at = At.AFTER;
        } else {
            utf8.put(each, this, sink);
        }
    }

    private void escape(byte each, LogSink sink) throws IOException {
        at = At.TEXT;
        if (each == 'u') {
            at = At.HEX;
            hexDigits = 0;
            unit = 0;
            return;
        }
        endOfPair(sink);
        switch (each) {
            case 'n' -> emit((byte) '\n', sink);
            case 't' -> emit((byte) '\t', sink);
            case 'r' -> emit((byte) '\r', sink);
            case 'b' -> emit((byte) '\b', sink);
            case 'f' -> emit((byte) '\f', sink);
            default -> emit(each, sink);
        }
    }

    private void hex(byte each, LogSink sink) throws IOException {
        int digit = Character.digit(each, 16);
        if (digit < 0) {
            at = At.TEXT;
            replace(sink);
            return;
        }
        unit = unit * 16 + digit;
        if (++hexDigits < 4) {
            return;
        }
        at = At.TEXT;
        if (high != 0 && Character.isLowSurrogate((char) unit)) {
            int point = Character.toCodePoint((char) high, (char) unit);
            high = 0;
            emit(new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8), sink);
            return;
        }
        endOfPair(sink);
        if (Character.isHighSurrogate((char) unit)) {
            high = unit;
        } else if (Character.isLowSurrogate((char) unit)) {
            replace(sink);
        } else {
            emit(String.valueOf((char) unit).getBytes(StandardCharsets.UTF_8), sink);
        }
    }

    private void endOfPair(LogSink sink) throws IOException {
        if (high != 0) {
            high = 0;
            replace(sink);
        }
    }

    private void endOfBytes(LogSink sink) throws IOException {
        utf8.end(this, sink);
    }

    void replace(LogSink sink) throws IOException {
        emit(REPLACEMENT, sink);
    }

    private void emit(byte[] bytes, LogSink sink) throws IOException {
        for (byte each : bytes) {
            emit(each, sink);
        }
    }

    void emit(byte each, LogSink sink) throws IOException {
        if (filled == out.length) {
            flush(sink);
        }
        out[filled++] = each;
    }

    private void flush(LogSink sink) throws IOException {
        if (filled > 0) {
            sink.content(out, 0, filled);
            filled = 0;
        }
    }

    @Override
    public void finish(LogSink sink) throws IOException {
        endOfPair(sink);
        endOfBytes(sink);
        flush(sink);
    }
}
