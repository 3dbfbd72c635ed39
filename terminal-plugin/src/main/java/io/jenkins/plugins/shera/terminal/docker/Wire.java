package io.jenkins.plugins.shera.terminal.docker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLEngine;

/** One connection to an engine, by TLS where its address says so. Holds no thread; usable from many. */
final class Wire implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Wire.class.getName());
    /** Of the thread of the loop alone. */
    private static final ByteBuffer PIECE = ByteBuffer.allocateDirect(64 * 1024);

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Takes what comes; called by one thread at a time, which may wait. */
    interface Receiver {
        /** The next bytes, its own; nothing more is read until the stage is complete. */
        CompletionStage<?> received(ByteBuffer data);

        /** Last call: null at the end of what the other side sends, else why it broke. */
        void ended(IOException why);
    }

    private record Sending(ByteBuffer data, CompletableFuture<Void> done) {}

    private final SocketChannel channel;
    private final Receiver receiver;
    private final TlsCodec tls;
    private final Deque<Sending> sending = new ArrayDeque<>();
    private ByteBuffer packed = NOTHING;
    private SelectionKey key;
    private boolean giving;
    private boolean finishing;
    private boolean finished;
    private boolean over;

    private Wire(SocketChannel channel, Receiver receiver, SSLEngine engine) {
        this.channel = channel;
        this.receiver = receiver;
        this.tls = engine == null ? null : new TlsCodec(engine);
    }

    /** Connects, not longer than that; a failure of TLS comes to the receiver. */
    static Wire open(EngineAddress address, Duration limit, Receiver receiver) throws IOException {
        SocketChannel channel = address.connect(limit);
        try {
            channel.configureBlocking(false);
            Wire wire = new Wire(channel, receiver, address.tls());
            WireLoop.ONE.execute(wire::register);
            return wire;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void register() {
        try {
            key = channel.register(WireLoop.ONE.selector(), 0, this);
            move();
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Sends bytes, which are the wire's from now on; complete when the network took them. */
    CompletableFuture<Void> send(ByteBuffer data) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        WireLoop.ONE.execute(() -> {
            if (over || finishing) {
                done.completeExceptionally(new IOException("the connection is closed"));
            } else {
                sending.add(new Sending(data, done));
                move();
            }
        });
        return done;
    }

    /** Says that nothing more is sent, after what waits. */
    void finish() {
        WireLoop.ONE.execute(() -> {
            finishing = true;
            move();
        });
    }

    /** Moves what can be moved now; in the thread of the loop. */
    void move() {
        if (over || key == null) {
            return;
        }
        try {
            boolean secure = tls == null || shakeHands();
            if (secure) {
                push();
                pull();
            }
            if (!over) {
                boolean write = packed.hasRemaining() || tls == null && !sending.isEmpty();
                boolean read = !giving && (tls == null || !tls.isWorking());
                key.interestOps((write ? SelectionKey.OP_WRITE : 0) | (read ? SelectionKey.OP_READ : 0));
            }
        } catch (IOException | RuntimeException e) {
            fail(e instanceof IOException broken ? broken : new IOException(e));
        }
    }

    /** Whether it is done. */
    private boolean shakeHands() throws IOException {
        while (tls.isShaking()) {
            if (!flush() || tls.isWorking()) {
                return false;
            }
            switch (tls.status()) {
                case NEED_TASK -> tls.work(() -> WireLoop.ONE.execute(this::move));
                case NEED_WRAP -> packed = tls.wrap(NOTHING);
                default -> {
                    if (tls.unwrap() != null) {
                        throw new IOException("data before the end of the handshake");
                    }
                    if (tls.isHungry() && !feed()) {
                        return false;
                    }
                }
            }
        }
        return flush();
    }

    /** Reads what is encrypted; whether something came. */
    private boolean feed() throws IOException {
        int read = tls.read(channel);
        if (read < 0) {
            throw new IOException("the other side closed the connection");
        }
        return read > 0;
    }

    private boolean flush() throws IOException {
        while (packed.hasRemaining() && channel.write(packed) > 0) {
            continue;
        }
        return !packed.hasRemaining();
    }

    private void push() throws IOException {
        while (flush() && !sending.isEmpty()) {
            Sending first = sending.peek();
            if (tls != null && first.data.hasRemaining()) {
                packed = tls.wrap(first.data);
            } else if (tls == null) {
                if (first.data.hasRemaining() && channel.write(first.data) == 0) {
                    return;
                }
            }
            if (!first.data.hasRemaining() && flush()) {
                sending.remove();
                first.done.complete(null);
            }
        }
        if (finishing && !finished && sending.isEmpty() && flush()) {
            finished = true;
            if (tls == null) {
                channel.shutdownOutput();
            } else {
                packed = tls.close();
                flush();
            }
        }
    }

    private void pull() throws IOException {
        if (giving) {
            return;
        }
        ByteBuffer came;
        if (tls == null) {
            PIECE.clear();
            int read = channel.read(PIECE);
            came = read < 0 ? null : ByteBuffer.allocate(read).put(PIECE.flip()).flip();
        } else {
            came = decrypted();
        }
        if (came == null) {
            end(null);
        } else if (came.hasRemaining()) {
            give(came);
        }
    }

    /** Empty when more has to come, null at the end. */
    private ByteBuffer decrypted() throws IOException {
        while (true) {
            ByteBuffer data = tls.unwrap();
            if (data != null) {
                return data;
            }
            if (tls.isOver()) {
                return null;
            }
            if (!tls.isHungry()) {
                if (tls.isShaking()) {
                    WireLoop.ONE.execute(this::move);
                    return NOTHING;
                }
                continue;
            }
            int read = tls.read(channel);
            if (read <= 0) {
                return read < 0 ? null : NOTHING;
            }
        }
    }

    private void give(ByteBuffer data) {
        giving = true;
        WireLoop.ONE.give(() -> {
            CompletionStage<?> used;
            try {
                used = receiver.received(data);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "what a docker engine sent could not be taken", e);
                used = CompletableFuture.failedFuture(e);
            }
            used.whenComplete((nothing, error) -> WireLoop.ONE.execute(() -> {
                giving = false;
                if (error == null) {
                    move();
                } else {
                    fail(new IOException(error));
                }
            }));
        });
    }

    /** Ends it with a reason. */
    void fail(IOException why) {
        end(why);
    }

    private void end(IOException why) {
        if (over) {
            return;
        }
        over = true;
        try {
            channel.close();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "a connection to a docker engine was not closed", e);
        }
        IOException closed = why == null ? new IOException("the connection is closed") : why;
        sending.forEach(each -> each.done.completeExceptionally(closed));
        sending.clear();
        WireLoop.ONE.give(() -> receiver.ended(why));
    }

    /** Drops it. */
    @Override
    public void close() {
        WireLoop.ONE.execute(() -> end(new IOException("closed by this side")));
    }
}
