package io.jenkins.plugins.shera.monitoring.logs;

import java.nio.charset.StandardCharsets;

/** How an engine writes a record; one record is one line. */
public enum LogFormat {
    /** {@code {"log":"text\n","stream":"stdout","time":"2026-01-02T03:04:05.6Z"}} of docker's json-file driver. */
    DOCKER_JSON {
        @Override
        long stamp(byte[] head, int headFrom, int headTo, byte[] tail, int tailFrom, int tailTo) {
            // A file that came by way of another system may end its lines so; docker's reader takes it, too.
            int lineTo = tailTo > tailFrom && tail[tailTo - 1] == '\r' ? tailTo - 1 : tailTo;
            int end = lineTo;
            while (end > tailFrom && tail[end - 1] != '}') {
                end--;
            }
            int from = lastIndexOf(tail, tailFrom, end, TIME);
            if (from < 0) {
                return Stamps.NONE;
            }
            int first = from + TIME.length;
            int last = first;
            while (last < end && tail[last] != '"') {
                last++;
            }
            boolean whole = last == end - 2 && end == lineTo && headTo > headFrom && head[headFrom] == '{';
            return whole ? Stamps.parse(tail, first, last) : Stamps.NONE;
        }

        @Override
        boolean isError(byte[] head, int headFrom, int headTo, byte[] tail, int tailFrom, int tailTo) {
            int from = lastIndexOf(tail, tailFrom, tailTo, STREAM);
            return from >= 0 && from + STREAM.length < tailTo && tail[from + STREAM.length] == 'e';
        }

        @Override
        RecordDecoder decoder() {
            return new DockerDecoder();
        }
    },

    /** {@code 2026-01-02T03:04:05.6Z stdout F text} of the container runtime interface; {@code P} marks a part of a line. */
    CRI {
        @Override
        long stamp(byte[] head, int headFrom, int headTo, byte[] tail, int tailFrom, int tailTo) {
            int space = headFrom;
            int most = Math.min(headTo, headFrom + 41);
            while (space < most && head[space] != ' ') {
                space++;
            }
            return space == most ? Stamps.NONE : Stamps.parse(head, headFrom, space);
        }

        @Override
        boolean isError(byte[] head, int headFrom, int headTo, byte[] tail, int tailFrom, int tailTo) {
            for (int i = headFrom; i < Math.min(headTo, headFrom + 48) - 4; i++) {
                if (head[i] == ' ') {
                    return head[i + 4] == 'e';
                }
            }
            return false;
        }

        @Override
        RecordDecoder decoder() {
            return new CriDecoder();
        }
    };

    private static final byte[] TIME = "\"time\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STREAM = "\"stream\":\"std".getBytes(StandardCharsets.US_ASCII);

    /** The record's own time, or {@link Stamps#NONE} when this is no whole record; head and tail are the same for short ones. */
    abstract long stamp(byte[] head, int headFrom, int headTo, byte[] tail, int tailFrom, int tailTo);

    abstract boolean isError(byte[] head, int headFrom, int headTo, byte[] tail, int tailFrom, int tailTo);

    abstract RecordDecoder decoder();

    /** By a file's first byte: docker writes an object, the runtime interface a year. */
    static LogFormat ofFirstByte(int first) {
        return first == '{' ? DOCKER_JSON : CRI;
    }

    private static int lastIndexOf(byte[] bytes, int from, int to, byte[] wanted) {
        for (int at = to - wanted.length; at >= from; at--) {
            int i = 0;
            while (i < wanted.length && bytes[at + i] == wanted[i]) {
                i++;
            }
            if (i == wanted.length) {
                return at;
            }
        }
        return -1;
    }
}
