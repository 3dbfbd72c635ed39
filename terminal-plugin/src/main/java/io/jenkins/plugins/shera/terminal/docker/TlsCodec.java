package io.jenkins.plugins.shera.terminal.docker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** Encrypts and decrypts for one wire, in the thread of its loop; keeps no buffer while nothing is under way. */
final class TlsCodec {
    private final SSLEngine engine;
    private ByteBuffer in;
    private volatile boolean hungry;
    private boolean begun;
    private volatile boolean over;
    private volatile boolean working;

    TlsCodec(SSLEngine engine) {
        this.engine = engine;
    }

    SSLEngineResult.HandshakeStatus status() {
        return engine.getHandshakeStatus();
    }

    /** Whether the handshake is still to be done. */
    boolean isShaking() throws SSLException {
        if (!begun) {
            begun = true;
            engine.beginHandshake();
        }
        SSLEngineResult.HandshakeStatus now = status();
        return now != SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING
                && now != SSLEngineResult.HandshakeStatus.FINISHED
                && !over;
    }

    /** Whether it computes elsewhere. */
    boolean isWorking() {
        return working;
    }

    /** Lets the engine compute where it may take long. */
    void work(Runnable then) {
        working = true;
        WireLoop.ONE.give(() -> {
            try {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
            } finally {
                working = false;
                then.run();
            }
        });
    }

    /** What goes to the network for as much of the data as fits into one record. */
    ByteBuffer wrap(ByteBuffer data) throws SSLException {
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(data, out);
        if (result.getStatus() == SSLEngineResult.Status.CLOSED && out.position() == 0) {
            throw new SSLException("the other side closed the connection");
        }
        return out.flip();
    }

    /** The last of what goes to the network. */
    ByteBuffer close() throws SSLException {
        engine.closeOutbound();
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        return out.flip();
    }

    /** The data of the next record; null when there was none in what has come, see {@link #isHungry}. */
    ByteBuffer unwrap() throws SSLException {
        hungry = false;
        if (in == null) {
            hungry = true;
            return null;
        }
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        in.flip();
        SSLEngineResult result = engine.unwrap(in, out);
        in.compact();
        if (in.position() == 0) {
            in = null;
        }
        switch (result.getStatus()) {
            case BUFFER_UNDERFLOW -> hungry = true;
            case CLOSED -> over = true;
            case BUFFER_OVERFLOW -> throw new SSLException("a record is larger than it may be");
            default -> {
                // Whether there is data is seen below.
            }
        }
        return out.position() == 0 ? null : out.flip();
    }

    /** Whether it needs more of the network. */
    boolean isHungry() {
        return hungry;
    }

    /** Whether the other side said that nothing more comes. */
    boolean isOver() {
        return over;
    }

    /** Takes what the network has; how many bytes, -1 at the end. */
    int read(SocketChannel channel) throws IOException {
        if (in == null) {
            in = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        }
        int read = channel.read(in);
        if (in.position() == 0) {
            in = null;
        }
        return read;
    }
}
