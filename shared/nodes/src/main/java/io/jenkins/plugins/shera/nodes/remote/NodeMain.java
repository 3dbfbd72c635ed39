package io.jenkins.plugins.shera.nodes.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code NodeMain do ID} does the work that comes on standard input and answers on standard output; {@code NodeMain ask ID} answers how it
 * ended. Works in the folder where it was started. Nothing begins before all of it came, and what began goes on to its end when the
 * connection is lost.
 */
public final class NodeMain {
    /** What Jenkins writes once it has the answer. */
    public static final int HAVE_IT = 1;

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private NodeMain() {}

    /** An errand as {@link Frame} carries it. */
    public static byte[] packed(Errand<?> errand) throws IOException {
        return Travel.pack(errand);
    }

    /** Exits with 0 when it answered. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        OutputStream answers = System.out;
        // Whatever a library prints must not stand among the answers.
        System.setOut(System.err);
        if (arguments.length != 2 || !arguments[1].matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("NodeMain do|ask ID");
        }
        Outcomes outcomes = new Outcomes(Path.of("outcomes").toAbsolutePath());
        if (arguments[0].equals("do")) {
            work(outcomes, arguments[1], System.in, answers);
        } else {
            answer(outcomes, arguments[1], outcomes.ask(arguments[1], LONGEST_WAIT), System.in, answers);
        }
    }

    private static void work(Outcomes outcomes, String id, InputStream in, OutputStream out) throws IOException {
        Errand<?> errand = Travel.unpack(Frame.read(in), Errand.class, NodeMain.class.getClassLoader());
        Optional<Outcomes.Held> held = outcomes.begin(id);
        if (held.isEmpty()) {
            throw new IOException("this work was begun or made void before");
        }
        byte[] answer;
        try (Outcomes.Held work = held.get()) {
            answer = Answer.to(errand).packed();
            keep(work, answer);
        }
        answer(outcomes, id, answer, in, out);
    }

    /** On a full disk whoever still listens gets the answer none the less. */
    private static void keep(Outcomes.Held work, byte[] answer) {
        try {
            work.ended(answer);
        } catch (IOException e) {
            System.err.println("the answer could not be kept: " + e.getMessage());
        }
    }

    private static void answer(Outcomes outcomes, String id, byte[] answer, InputStream in, OutputStream out)
            throws IOException {
        Frame.write(out, answer);
        if (in.read() == HAVE_IT) {
            outcomes.forget(id);
        }
    }
}
