package io.jenkins.plugins.shera.terminal.command;

import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.kube.exec.ExecConnection;
import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import io.jenkins.plugins.shera.kube.exec.ExecListener;
import io.jenkins.plugins.shera.kube.exec.ExecRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A command under way in a container, without a terminal and without input. It is started by the container's {@code sh}, which
 * first says its process number, so that the command can be ended: a dropped connection alone ends no process. Holds no thread.
 */
public final class CommandRun implements ExecListener, AutoCloseable {
    /** Takes the place of the command; its arguments are the command, so that no text becomes part of a script. */
    private static final String BEGIN =
            """
            shera_f() { echo "$0 $$ ${20}" >&2; }; shera_s=; shera_p='*) '
            read -r shera_s < /proc/$$/stat; shera_f ${shera_s##$shera_p}
            unset -f shera_f; unset shera_s shera_p; exec "$@\"""";

    private static final int LONGEST_MARK = 100;
    private static final int START_SECONDS = 30;

    private final Output output;
    private final CommandRecord record;
    private final String nonce = "shera-" + UUID.randomUUID();
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final CompletableFuture<ExecEnd> end = new CompletableFuture<>();
    private boolean begun;
    private long bytes;
    private volatile ProcessMark mark;
    private volatile ExecConnection connection;

    /** Takes what a command prints, one call at a time, and must not wait. */
    public interface Output {
        /** A piece of standard output, or of standard error. */
        void take(boolean error, byte[] piece);
    }

    private CommandRun(Output output, CommandRecord record) {
        this.output = output;
        this.record = record;
    }

    /**
     * Begins a command by its argument vector.
     *
     * @param record gets what it prints, too; null where nothing is recorded
     * @throws IOException a {@link io.jenkins.plugins.shera.kube.api.KubeException} when the cluster refuses it
     */
    public static CommandRun start(
            ContainerPlace at, ExecApi api, List<String> command, Output output, CommandRecord record)
            throws IOException {
        CommandRun run = new CommandRun(output, record);
        List<String> words = new ArrayList<>(List.of("sh", "-c", BEGIN, run.nonce));
        words.addAll(command);
        ExecRequest request = new ExecRequest(at.namespace(), at.pod(), at.container(), words, false, false);
        try {
            run.connection = api.start(request, run).get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(at + ": interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException refused) {
                throw refused;
            }
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new CommandException(Messages._CommandRun_late(at.toString(), START_SECONDS), e);
        }
        return run;
    }

    @Override
    public synchronized CompletionStage<?> output(boolean error, ByteBuffer data) {
        byte[] piece = new byte[data.remaining()];
        data.get(piece);
        byte[] said = error && !begun ? afterMark(piece) : piece;
        if (said.length > 0) {
            bytes += said.length;
            output.take(error, said);
            if (record != null) {
                return record.output(said);
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    /** The first line of standard error is ours. */
    private byte[] afterMark(byte[] piece) {
        head.writeBytes(piece);
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int line = text.indexOf('\n');
        boolean ours = text.startsWith(nonce + " ") || nonce.startsWith(text);
        if (ours && line < 0 && text.length() < LONGEST_MARK) {
            return new byte[0];
        }
        begun = true;
        String rest = text;
        if (ours && line > 0) {
            String[] words = text.substring(0, line).trim().split(" ");
            if (words.length == 3 && words[1].matches("[0-9]{1,10}") && words[2].matches("[0-9]{1,20}")) {
                mark = new ProcessMark(words[1], words[2]);
            }
            rest = text.substring(line + 1);
        }
        return rest.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void ended(ExecEnd how) {
        end.complete(how);
    }

    /** The process, once it is known; null before, and where the container has no {@code /proc}. */
    public ProcessMark mark() {
        return mark;
    }

    public boolean isOver() {
        return end.isDone();
    }

    /** How it ended; {@link ExecEnd#UNKNOWN} while it has not. */
    public ExecEnd end() {
        return end.getNow(new ExecEnd(ExecEnd.UNKNOWN, ""));
    }

    /** Waits for the end, not longer than so many milliseconds; whether it came. */
    public boolean await(long millis) throws InterruptedException {
        try {
            end.get(Math.max(0, millis), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes it has printed. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Lets go of it; what still runs in the container runs on, see {@link Processes#end}. */
    @Override
    public void close() {
        connection.close();
    }
}
