package io.jenkins.plugins.shera.oci.layer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Gzip at the fastest level, in pieces that are packed at the same time on all processors; what is packed already, as a jar is, goes as it is. Pieces have one length, and each may point back into the one before, so that the same content gives the same bytes whatever
 * the number of processors, and hardly more of them than in one piece.
 */
final class FastGzip extends OutputStream {
    private static final int PIECE = 128 * 1024;
    private static final int WINDOW = 32 * 1024;
    private static final int BUFFER = 16 * 1024;
    private static final int SAMPLE = 16 * 1024;
    private static final byte[] NOTHING = {};
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final ThreadPoolExecutor THREADS = threads();

    private final OutputStream out;
    private final CRC32 checksum = new CRC32();
    private final Deque<Future<ByteArrayOutputStream>> ahead = new ArrayDeque<>();
    private byte[] before = NOTHING;
    private byte[] piece = new byte[PIECE];
    private int filled;
    private long length;
    private boolean closed;

    FastGzip(OutputStream out) throws IOException {
        this.out = out;
        out.write(HEADER);
    }

    private static ThreadPoolExecutor threads() {
        ThreadPoolExecutor made = new ThreadPoolExecutor(
                PROCESSORS, PROCESSORS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "packing layers");
                    thread.setDaemon(true);
                    return thread;
                });
        made.allowCoreThreadTimeOut(true);
        return made;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        checksum.update(bytes, offset, count);
        length += count;
        int at = offset;
        int left = count;
        while (left > 0) {
            if (filled == PIECE) {
                hand();
            }
            int now = Math.min(left, PIECE - filled);
            System.arraycopy(bytes, at, piece, filled, now);
            filled += now;
            at += now;
            left -= now;
        }
    }

    /** Gives a full piece, which is not the last, to the other threads. */
    private void hand() throws IOException {
        byte[] content = piece;
        byte[] window = before;
        ahead.add(THREADS.submit(() -> pack(content, PIECE, window, false)));
        before = content;
        piece = new byte[PIECE];
        filled = 0;
        if (ahead.size() > PROCESSORS + 1) {
            take();
        }
    }

    private void take() throws IOException {
        try {
            ahead.remove().get().writeTo(out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a layer was packed");
        } catch (ExecutionException e) {
            throw new IllegalStateException("bytes in memory can always be packed", e);
        }
    }

    private static ByteArrayOutputStream pack(byte[] content, int count, byte[] before, boolean last) {
        int level = isPacked(content, count) ? Deflater.NO_COMPRESSION : Deflater.BEST_SPEED;
        return pack(content, count, before, last, level);
    }

    private static ByteArrayOutputStream pack(byte[] content, int count, byte[] before, boolean last, int level) {
        Deflater deflater = new Deflater(level, true);
        try {
            if (before.length > 0) {
                deflater.setDictionary(before, before.length - WINDOW, WINDOW);
            }
            deflater.setInput(content, 0, count);
            if (last) {
                deflater.finish();
            }
            ByteArrayOutputStream packed = new ByteArrayOutputStream(count / 2 + BUFFER);
            byte[] buffer = new byte[BUFFER];
            int got;
            do {
                got = deflater.deflate(buffer, 0, BUFFER, last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
                packed.write(buffer, 0, got);
            } while (last ? !deflater.finished() : got == BUFFER);
            return packed;
        } finally {
            deflater.end();
        }
    }

    /** Whether to pack it would take long and win nothing: all bytes are about as frequent as each other, and its beginning does not pack. */
    private static boolean isPacked(byte[] content, int count) {
        if (count < SAMPLE) {
            return false;
        }
        long[] times = new long[256];
        for (int i = 0; i < count; i++) {
            times[content[i] & 0xff]++;
        }
        long squares = 0;
        for (long each : times) {
            squares += each * each;
        }
        // Of even ones the sum is a 256th of the square of their count; in whole numbers, which are the same on every
        // machine.
        return squares * 256 * 100 <= (long) count * count * 105
                && pack(content, SAMPLE, NOTHING, true, Deflater.BEST_SPEED).size() >= SAMPLE;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            while (!ahead.isEmpty()) {
                take();
            }
            pack(piece, filled, before, true).writeTo(out);
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) checksum.getValue())
                    .putInt((int) length)
                    .array());
        } finally {
            ahead.forEach(each -> each.cancel(false));
        }
    }
}
