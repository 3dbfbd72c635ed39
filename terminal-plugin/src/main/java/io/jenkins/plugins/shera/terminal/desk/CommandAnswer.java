package io.jenkins.plugins.shera.terminal.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.terminal.command.CommandRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Keeps the beginning of what a command prints, as REST answers it. */
public final class CommandAnswer implements CommandRun.Output {
    /** Bytes of each stream that are kept. */
    public static final int MOST_BYTES = 1 << 20;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private boolean whole = true;

    private CommandAnswer() {}

    /**
     * Runs a command and answers {@code exitCode}, {@code output}, {@code errors}, {@code whole}.
     *
     * @throws Refusal if the command is none, could not be started or took too long
     */
    public static ObjectNode of(CommandDesk desk, List<String> command, long seconds) {
        CommandDesk.check(command, seconds);
        CommandAnswer answer = new CommandAnswer();
        try {
            ExecEnd end = desk.run(command, Duration.ofSeconds(seconds), answer);
            CommandDesk.check(desk.place(), end);
            ObjectNode json = answer.json(end.exitCode());
            return desk.page().isEmpty() ? json : json.put("recording", desk.page());
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE,
                    Messages.CommandDesk_failed(),
                    "",
                    e.getMessage(),
                    Messages.CommandDesk_next());
        }
    }

    @Override
    public synchronized void take(boolean error, byte[] piece) {
        ByteArrayOutputStream to = error ? errors : output;
        int room = Math.min(piece.length, MOST_BYTES - to.size());
        to.write(piece, 0, room);
        whole = whole && room == piece.length;
    }

    private synchronized ObjectNode json(int exitCode) {
        return JsonAnswer.ok()
                .put("exitCode", exitCode)
                .put("output", output.toString(StandardCharsets.UTF_8))
                .put("errors", errors.toString(StandardCharsets.UTF_8))
                .put("whole", whole);
    }
}
