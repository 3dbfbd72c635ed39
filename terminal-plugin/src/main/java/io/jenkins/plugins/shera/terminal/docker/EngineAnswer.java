package io.jenkins.plugins.shera.terminal.docker;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The answer of an engine to one request, of which the body is read from its connection; closing it drops the connection. */
final class EngineAnswer implements AutoCloseable {
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int MOST_HEADERS = 200;

    private final Runnable drop;
    private final InputStream input;
    private final int status;
    private final Map<String, String> headers = new TreeMap<>();

    private EngineAnswer(InputStream input, Runnable drop) throws IOException {
        this.drop = drop;
        this.input = input;
        String first = line(input);
        if (!first.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
            throw new IOException("no answer of HTTP");
        }
        status = Integer.parseInt(first.substring(9, 12));
        for (String line = line(input); !line.isEmpty(); line = line(input)) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() >= MOST_HEADERS) {
                throw new IOException("damaged headers");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
    }

    /** Waits for the head. */
    static EngineAnswer read(InputStream input, Runnable drop) throws IOException {
        EngineAnswer answer = new EngineAnswer(input, drop);
        return answer.status == 100 ? new EngineAnswer(input, drop) : answer;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.length() > LONGEST_LINE) {
                throw new EOFException("the answer was cut short");
            }
            line.append((char) b);
        }
        return line.toString().stripTrailing();
    }

    int status() {
        return status;
    }

    /** Empty when there is none. */
    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The body; closing it drops the connection. */
    InputStream body() throws IOException {
        InputStream plain;
        if (header("Transfer-Encoding").equalsIgnoreCase("chunked")) {
            plain = new Chunks(input);
        } else if (header("Content-Length").matches("[0-9]{1,18}")) {
            plain = new Counted(input, Long.parseLong(header("Content-Length")));
        } else {
            plain = input;
        }
        return new FilterInputStream(plain) {
            @Override
            public void close() {
                drop.run();
            }
        };
    }

    /** All of a small body. */
    byte[] bytes(int most) throws IOException {
        byte[] all = body().readNBytes(most + 1);
        if (all.length > most) {
            throw new IOException("the answer is larger than " + most + " bytes");
        }
        return all;
    }

    String text(int most) throws IOException {
        return new String(bytes(most), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        drop.run();
    }

    private static class Counted extends InputStream {
        private final InputStream from;
        private long left;

        Counted(InputStream from, long length) {
            this.from = from;
            this.left = length;
        }

        void more(long length) {
            left = length;
        }

        boolean isEmpty() {
            return left == 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = from.read(into, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new EOFException("the answer was cut short");
            }
            left -= read;
            return read;
        }
    }

    private static final class Chunks extends Counted {
        private final InputStream in;
        private boolean begun;
        private boolean over;

        Chunks(InputStream in) {
            super(in, 0);
            this.in = in;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (isEmpty() && !over) {
                if (begun) {
                    line(in);
                }
                begun = true;
                String size = line(in).replaceAll(";.*", "").strip();
                if (!size.matches("[0-9a-fA-F]{1,15}")) {
                    throw new IOException("a damaged chunk");
                }
                more(Long.parseLong(size, 16));
                over = isEmpty();
            }
            return super.read(into, offset, length);
        }
    }
}
