package io.jenkins.plugins.shera.terminal.session;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last bytes of an output, by their offset since its start; what nobody has confirmed is never dropped. Not thread-safe. */
final class Backlog {

    private final int history;
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private long start;
    private long end;
    private long confirmed;

    /** {@code history} is how many confirmed bytes are kept for whoever looks again. */
    Backlog(int history) {
        this.history = history;
    }

    void add(byte[] piece) {
        pieces.add(piece);
        end += piece.length;
        trim();
    }

    /** Everything before this offset has arrived; an offset that was never sent counts for nothing. */
    void confirm(long offset) {
        if (offset > confirmed && offset <= end) {
            confirmed = offset;
            trim();
        }
    }

    private void trim() {
        while (!pieces.isEmpty()
                && start + pieces.peek().length <= confirmed
                && end - start - pieces.peek().length >= history) {
            start += pieces.remove().length;
        }
    }

    long unconfirmed() {
        return end - confirmed;
    }

    /** Everything before this offset has arrived once. */
    long confirmed() {
        return confirmed;
    }

    long end() {
        return end;
    }

    /** Where to go on for a reader who has everything before {@code wanted}; as early as possible where that is unknown. */
    long from(long wanted) {
        return wanted < start || wanted > end ? start : wanted;
    }

    /** Everything from an offset that {@link #from} gave. */
    List<ByteBuffer> since(long offset) {
        List<ByteBuffer> all = new ArrayList<>();
        long at = start;
        for (byte[] piece : pieces) {
            int skipped = (int) Math.max(0, Math.min(piece.length, offset - at));
            if (skipped < piece.length) {
                all.add(ByteBuffer.wrap(piece, skipped, piece.length - skipped).slice());
            }
            at += piece.length;
        }
        return all;
    }
}
