package io.jenkins.plugins.shera.terminal.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What came from a terminal: counted, digested, and the last megabyte kept. */
final class Heard {
    private static final int KEPT = 1 << 20;
    private static final long LIMIT_SECONDS = 300;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final byte[] ring = new byte[KEPT];
    private MessageDigest digest;
    private long got;

    void take(byte[] bytes, int from, int length) {
        lock.lock();
        try {
            for (int i = 0; i < length; i++) {
                ring[(int) ((got + i) % KEPT)] = bytes[from + i];
            }
            if (digest != null) {
                digest.update(bytes, from, length);
            }
            got += length;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long got() {
        lock.lock();
        try {
            return got;
        } finally {
            lock.unlock();
        }
    }

    long await(long bytes) throws IOException, InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (got < bytes) {
                if (left <= 0) {
                    throw new IOException("only " + got + " of " + bytes + " bytes came");
                }
                left = more.awaitNanos(left);
            }
            return got;
        } finally {
            lock.unlock();
        }
    }

    String since(long offset) {
        lock.lock();
        try {
            long start = Math.max(offset, got - KEPT);
            byte[] text = new byte[(int) (got - start)];
            for (int i = 0; i < text.length; i++) {
                text[i] = ring[(int) ((start + i) % KEPT)];
            }
            return new String(text, StandardCharsets.ISO_8859_1);
        } finally {
            lock.unlock();
        }
    }

    /** Digests what comes from now on. */
    void digest(MessageDigest fresh) {
        lock.lock();
        try {
            digest = fresh;
        } finally {
            lock.unlock();
        }
    }
}
