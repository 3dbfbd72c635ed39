package io.jenkins.plugins.shera.platform.support;

import hudson.init.Initializer;
import hudson.init.Terminator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The newest lines that SheRa logged, in memory, at the level Jenkins logs them; safe from every thread. */
public final class RecentLog extends Handler {
    private static final int MOST = 1000;
    private static final int LONGEST = 20_000;
    /** Held, since a logger that nobody holds forgets its handlers. */
    private static final Logger OURS = Logger.getLogger("io.jenkins.plugins.shera");

    private static final RecentLog INSTANCE = new RecentLog();

    private final Deque<String> lines = new ArrayDeque<>();

    private RecentLog() {
        setFormatter(new SimpleFormatter());
    }

    /** Listens from now on. */
    @Initializer
    public static void start() {
        OURS.removeHandler(INSTANCE);
        OURS.addHandler(INSTANCE);
    }

    /** Listens no more. */
    @Terminator
    public static void stop() {
        OURS.removeHandler(INSTANCE);
    }

    /** What was logged, oldest first. */
    public static List<String> lines() {
        synchronized (INSTANCE.lines) {
            return List.copyOf(INSTANCE.lines);
        }
    }

    @Override
    public void publish(LogRecord message) {
        if (!isLoggable(message)) {
            return;
        }
        String text = getFormatter().format(message);
        synchronized (lines) {
            lines.addLast(text.length() > LONGEST ? text.substring(0, LONGEST) + "\n" : text);
            if (lines.size() > MOST) {
                lines.removeFirst();
            }
        }
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        synchronized (lines) {
            lines.clear();
        }
    }
}
