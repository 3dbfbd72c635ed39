package io.jenkins.plugins.shera.terminal.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One connection to an engine on this machine, for one thread that asks and waits: it moves the bytes itself, where a {@link Wire} hands each
 * piece from thread to thread so that nobody has to wait. Reads what comes; closing it drops the connection.
 */
final class DirectLine extends InputStream {
    private static final Logger LOGGER = Logger.getLogger(DirectLine.class.getName());
    private static final int PIECE = 64 * 1024;

    private final String what;
    private final Duration patience;
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer came = ByteBuffer.allocate(PIECE).flip();

    private DirectLine(SocketChannel channel, String what, Duration patience) throws IOException {
        this.what = what;
        this.patience = patience;
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, 0);
    }

    /** Connects; {@code patience} is how long each piece may be waited for, of what is sent and of what comes. */
    static DirectLine open(EngineAddress address, Duration limit, String what, Duration patience) throws IOException {
        SocketChannel channel;
        try {
            channel = address.connect(limit);
        } catch (ClosedByInterruptException e) {
            throw new InterruptedIOException(what + ": interrupted");
        }
        try {
            return new DirectLine(channel, what, patience);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends bytes. */
    void send(byte[] bytes) throws IOException {
        ByteBuffer data = ByteBuffer.wrap(bytes);
        try {
            while (data.hasRemaining()) {
                if (channel.write(data) == 0) {
                    await(SelectionKey.OP_WRITE);
                }
            }
        } catch (IOException e) {
            throw broke(e);
        }
    }

    @Override
    public int read() throws IOException {
        return came.hasRemaining() || fill() ? came.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!came.hasRemaining() && !fill()) {
            return -1;
        }
        int count = Math.min(length, came.remaining());
        came.get(into, from, count);
        return count;
    }

    /** Whether something came before the end. */
    private boolean fill() throws IOException {
        came.clear();
        try {
            int read = channel.read(came);
            while (read == 0) {
                await(SelectionKey.OP_READ);
                read = channel.read(came);
            }
            return read > 0;
        } catch (IOException e) {
            throw broke(e);
        } finally {
            came.flip();
        }
    }

    private void await(int event) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            key.interestOps(event);
            do {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new EngineException(
                            EngineException.Kind.UNREACHABLE, Messages._Engine_late(what, patience.toSeconds()));
                }
                selector.select(left);
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException(what + ": interrupted");
                }
            } while (selector.selectedKeys().isEmpty());
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException | CancelledKeyException e) {
            throw new IOException("the connection is closed", e);
        }
    }

    private IOException broke(IOException e) {
        if (e instanceof EngineException || e instanceof InterruptedIOException) {
            return e;
        }
        return new EngineException(
                EngineException.Kind.UNREACHABLE, Messages._Engine_broke(what, String.valueOf(e.getMessage())), e);
    }

    @Override
    public void close() {
        try (channel;
                selector) {
            key.cancel();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "a connection to a docker engine was not closed", e);
        }
    }
}
