package io.jenkins.plugins.shera.terminal.recording;

import io.jenkins.plugins.shera.terminal.session.Witness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A recording in the making. Lines wait in a queue of bounded size and are appended in order by an executor's thread; when they cannot be,
 * or when the file is full, whoever is recorded is told and nothing more is taken. Usable from many threads.
 */
public final class Recording implements Witness {
    /** The word for a recording that cannot be written. */
    public static final String BROKEN = "unrecorded";

    /** The word for a recording that has reached its size. */
    public static final String FULL = "full";

    private static final Logger LOGGER = Logger.getLogger(Recording.class.getName());
    private static final int MOST_WAITING = 256 * 1024;
    /** Room for the last line of a file that is full. */
    private static final int ROOM_FOR_END = 1024;
    /** So often the size is repeated, so that a reader may begin anywhere. */
    private static final long SIZE_EVERY = 1 << 20;

    private static final long LATEST_NANOS = Duration.ofSeconds(10).toNanos();

    private final Facts facts;
    private final long most;
    private final Executor writer;
    private final FileChannel channel;
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final long began = System.nanoTime();
    private final CastLines lines = new CastLines();
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private long waitingSince;
    private boolean writing;
    private CompletableFuture<Void> room;
    private Consumer<String> told = word -> {};
    private String broken = "";
    private int columns;
    private int rows;
    private long sinceSize;
    private String code;
    private int exitCode = -1;
    private double seconds;
    /** Touched by the one thread that writes. */
    private long written;

    /** Makes the file with its header; past {@code most} bytes it is full. */
    Recording(Path file, Facts facts, long most, Executor writer) throws IOException {
        this.facts = facts;
        this.most = most;
        this.writer = writer;
        this.columns = facts.columns();
        this.rows = facts.rows();
        this.channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), Private.file());
        try {
            write(CastLines.header(facts).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            try {
                channel.close();
            } catch (IOException more) {
                e.addSuppressed(more);
            }
            throw e;
        }
    }

    @Override
    public synchronized void whenBroken(Consumer<String> whom) {
        told = whom;
    }

    @Override
    public CompletionStage<?> output(byte[] piece) {
        synchronized (this) {
            if (!broken.isEmpty()) {
                return CompletableFuture.failedFuture(new IOException(broken));
            }
            if (sinceSize > SIZE_EVERY) {
                add(CastLines.resize(now(), columns, rows));
                sinceSize = 0;
            }
            add(lines.output(now(), piece));
            if (waitingBytes >= MOST_WAITING && room == null) {
                room = new CompletableFuture<>();
            }
            return begin(room == null ? CompletableFuture.completedFuture(null) : room);
        }
    }

    @Override
    public synchronized void resized(int toColumns, int toRows) {
        if (broken.isEmpty() && code == null && (toColumns != columns || toRows != rows)) {
            columns = toColumns;
            rows = toRows;
            add(CastLines.resize(now(), columns, rows));
            begin(null);
        }
    }

    @Override
    public synchronized String broken() {
        return broken;
    }

    @Override
    public synchronized boolean isLate() {
        return waitingBytes > 0 && System.nanoTime() - waitingSince > LATEST_NANOS;
    }

    @Override
    public synchronized void ended(String how, int exit) {
        if (code == null) {
            code = broken.isEmpty() ? how : broken;
            exitCode = exit;
            seconds = now() / 1e9;
            if (broken.isEmpty()) {
                add(lines.flush(now()));
                add(CastLines.marker(now(), "end: " + how + (exit < 0 ? "" : " " + exit)));
            }
            begin(null);
        }
    }

    /** Complete when the file is closed, with the reason when not all of it could be written, else with an empty text. */
    public CompletableFuture<String> closed() {
        return closed;
    }

    /** What is to be written beside it now that it is over. */
    synchronized Facts over() {
        return facts.over(
                facts.started().plusNanos((long) (seconds * 1e9)), code == null ? Facts.CUT : code, exitCode, seconds);
    }

    private long now() {
        return System.nanoTime() - began;
    }

    private void add(String text) {
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        if (line.length > 0) {
            if (waitingBytes == 0) {
                waitingSince = System.nanoTime();
            }
            waiting.add(line);
            waitingBytes += line.length;
            sinceSize += line.length;
        }
    }

    private <T> T begin(T answer) {
        if (!writing) {
            writing = true;
            try {
                writer.execute(this::drain);
            } catch (RejectedExecutionException e) {
                LOGGER.log(Level.FINE, "Jenkins goes down; the rest is written by who asks", e);
                drain();
            }
        }
        return answer;
    }

    /** Appends what waits; runs in one thread at a time. */
    private void drain() {
        for (byte[] line = next(); line != null; line = next()) {
            String word = "";
            try {
                if (written + line.length > most - ROOM_FOR_END && !isOver()) {
                    write(CastLines.marker(now(), "end: full").getBytes(StandardCharsets.UTF_8));
                    word = FULL;
                } else {
                    write(line);
                }
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "recording " + facts.id() + " cannot be written", e);
                word = BROKEN;
            }
            written(line.length, word);
        }
    }

    private synchronized boolean isOver() {
        return code != null;
    }

    private byte[] next() {
        synchronized (this) {
            byte[] line = waiting.peek();
            if (line != null) {
                return line;
            }
            writing = false;
            if (code == null || closed.isDone()) {
                return null;
            }
            writing = true;
        }
        close();
        return null;
    }

    private void written(int bytes, String word) {
        CompletableFuture<Void> released = null;
        Consumer<String> tell = null;
        synchronized (this) {
            if (word.isEmpty()) {
                waiting.remove();
                waitingBytes -= bytes;
                waitingSince = System.nanoTime();
            } else {
                broken = word;
                tell = told;
                waiting.clear();
                waitingBytes = 0;
            }
            if (room != null && waitingBytes <= MOST_WAITING / 2) {
                released = room;
                room = null;
            }
        }
        if (tell != null) {
            tell.accept(word);
        }
        if (released != null && word.isEmpty()) {
            released.complete(null);
        } else if (released != null) {
            released.completeExceptionally(new IOException(word));
        }
    }

    /** A line that could only be written in part is taken back, so that the file ends with a whole one. */
    private void write(byte[] line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes, written + bytes.position());
            }
            written += line.length;
        } catch (IOException e) {
            try {
                channel.truncate(written);
            } catch (IOException more) {
                e.addSuppressed(more);
            }
            throw e;
        }
    }

    private void close() {
        String problem = broken();
        try (channel) {
            channel.force(true);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "recording " + facts.id() + " cannot be closed", e);
            problem = e.toString();
        }
        closed.complete(problem);
    }
}
