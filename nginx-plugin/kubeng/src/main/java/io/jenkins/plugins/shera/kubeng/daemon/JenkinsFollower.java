package io.jenkins.plugins.shera.kubeng.daemon;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kubeng.jenkins.JenkinsDoor;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks Jenkins for later documents, one waiting request for each kind, and tells it what the node is at. Nothing else of the
 * daemon waits for it: while Jenkins is away, the node goes on with what it has.
 */
final class JenkinsFollower implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(JenkinsFollower.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration TELL_ANYWAY = Duration.ofSeconds(10);
    private static final Duration FIGURES = Duration.ofSeconds(5);
    private static final long LONGEST_PAUSE_SECONDS = 15;

    private final JenkinsDoor door;
    private final Node node;
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What the daemon has and takes. */
    interface Node {
        /** Of the newest document here. */
        String tag(Intent.Kind kind);

        /** The newest document here as Jenkins signed it. */
        Optional<byte[]> signed(Intent.Kind kind) throws IOException;

        /** Takes a document; throws with the reason when it is not to be trusted, and nothing is changed then. */
        void take(Intent.Kind kind, byte[] document) throws IOException;

        /** Jenkins has nothing newer. */
        void heard(Intent.Kind kind) throws IOException;

        NodeReport report();

        /** What it answered since this was last asked for; empty where no log is read. */
        Optional<ObjectNode> figures();
    }

    JenkinsFollower(JenkinsDoor door, Node node) {
        this.door = door;
        this.node = node;
        for (Intent.Kind kind : Intent.Kind.values()) {
            threads.add(thread(kind.word(), () -> ask(kind)));
        }
        threads.add(thread("state", new Teller()::tell));
        threads.add(thread("figures", this::tellFigures));
    }

    private interface Turn {
        void run() throws IOException, InterruptedException;
    }

    void start() {
        threads.forEach(Thread::start);
    }

    private Thread thread(String name, Turn turn) {
        Thread thread = new Thread(() -> loop(name, turn), "kubeng-jenkins-" + name);
        thread.setDaemon(true);
        return thread;
    }

    private void loop(String name, Turn turn) {
        try {
            long pause = 1;
            while (closed.getCount() > 0) {
                String problem = "";
                try {
                    turn.run();
                } catch (IOException | RuntimeException e) {
                    problem = String.valueOf(e.getMessage());
                }
                String before = problems.put(name, problem);
                if (problem.isEmpty()) {
                    pause = 1;
                } else {
                    if (!problem.equals(before)) {
                        // Another reason: what was waited for may be over.
                        pause = 1;
                        LOG.log(Level.WARNING, "{0}: {1}", new Object[] {name, problem});
                    }
                    rest(Duration.ofSeconds(pause));
                    pause = Math.min(pause * 2, LONGEST_PAUSE_SECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void rest(Duration time) throws InterruptedException {
        if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("closed");
        }
    }

    private void ask(Intent.Kind kind) throws IOException, InterruptedException {
        JenkinsDoor.Answer answer = door.document(kind, node.tag(kind), WAIT);
        switch (answer.status()) {
            case 200 -> node.take(kind, answer.body());
            case 304 -> node.heard(kind);
            case 204 -> rest(LOOK);
            case 409 -> giveBack(kind);
            default -> throw refused(answer.status());
        }
    }

    /** Jenkins was put back to an earlier state; what it signed since then lies here. */
    private void giveBack(Intent.Kind kind) throws IOException, InterruptedException {
        Optional<byte[]> held = node.signed(kind);
        if (held.isPresent()) {
            int status = door.adopt(kind, held.get()).status();
            if (status != 204) {
                throw new IOException(
                        "Jenkins has an older document than this node, and did not take the newer one back"
                                + " (status " + status + "). Its own log tells why.");
            }
        }
    }

    private static IOException refused(int status) {
        return new IOException(
                status == 403 || status == 401
                        ? "Jenkins does not know this node by its token. Is it a node of this nginx cluster, and was the"
                                + " token replaced or revoked? Put the present one into the file of the token."
                        : "Jenkins answered with status " + status + ".");
    }

    /** At once when something changed, otherwise now and then. */
    private final class Teller {
        private byte[] told = {};
        private long at = System.nanoTime();

        void tell() throws IOException, InterruptedException {
            ObjectNode report = JSON.valueToTree(node.report());
            for (Intent.Kind kind : Intent.Kind.values()) {
                ObjectNode half = (ObjectNode) report.get(kind.word());
                half.put("problem", problems.getOrDefault(kind.word(), ""));
            }
            byte[] now = JSON.writeValueAsBytes(report);
            boolean changed = !Arrays.equals(now, told);
            if (changed || System.nanoTime() - at > TELL_ANYWAY.toNanos()) {
                int status = door.state(now).status();
                if (status != 204) {
                    told = new byte[0];
                    throw refused(status);
                }
                told = now;
                at = System.nanoTime();
            }
            rest(LOOK);
        }
    }

    /** What Jenkins does not take is not told again: it would not know of which time it is. */
    private void tellFigures() throws IOException, InterruptedException {
        Optional<ObjectNode> figures = node.figures();
        if (figures.isPresent()) {
            int status = door.figures(JSON.writeValueAsBytes(figures.get())).status();
            if (status != 204) {
                throw refused(status);
            }
        }
        rest(FIGURES);
    }

    @Override
    public void close() {
        closed.countDown();
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(TELL_ANYWAY.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
