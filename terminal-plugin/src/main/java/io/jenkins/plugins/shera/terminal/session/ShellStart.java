package io.jenkins.plugins.shera.terminal.session;

import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import io.jenkins.plugins.shera.kube.exec.ExecListener;
import io.jenkins.plugins.shera.terminal.command.ProcessMark;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Takes the line by which a shell says which process it is out of what it says, and gives on the rest. */
public final class ShellStart implements ExecListener {
    private static final int LONGEST = 200;
    /** Bytes in which the line is looked for; it is the first thing a shell says, unless somebody types before. */
    private static final int LOOKED_IN = 8192;

    private final ExecListener to;
    private final String word;
    private final Consumer<ProcessMark> found;
    private String held = "";
    private int passed;
    private boolean begun;

    /** {@code word} stands before the process number; {@code found} is told once, if ever. */
    public ShellStart(ExecListener to, String word, Consumer<ProcessMark> found) {
        this.to = to;
        this.word = word;
        this.found = found;
    }

    @Override
    public synchronized CompletionStage<?> output(boolean error, ByteBuffer data) {
        begun = begun || passed > LOOKED_IN && held.isEmpty();
        if (begun) {
            return to.output(error, data);
        }
        byte[] piece = new byte[data.remaining()];
        data.get(piece);
        byte[] rest =
                without(held + new String(piece, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
        passed += rest.length;
        return rest.length == 0 ? CompletableFuture.completedFuture(null) : to.output(error, ByteBuffer.wrap(rest));
    }

    /** What may be given on now; keeps what may be the beginning of the line. */
    private String without(String text) {
        int at = text.indexOf(word);
        int end = at < 0 ? -1 : text.indexOf('\n', at);
        held = "";
        if (end >= 0) {
            begun = true;
            tell(text.substring(at, end).trim().split(" "));
            return text.substring(0, at) + text.substring(end + 1);
        }
        int keep = at >= 0 ? at : beginning(text);
        if (text.length() - keep > LONGEST) {
            begun = true;
            return text;
        }
        held = text.substring(keep);
        return text.substring(0, keep);
    }

    private int beginning(String text) {
        for (int at = Math.max(0, text.length() - word.length() + 1); at < text.length(); at++) {
            if (word.startsWith(text.substring(at))) {
                return at;
            }
        }
        return text.length();
    }

    private void tell(String[] words) {
        if (words.length == 3 && words[1].matches("[0-9]{1,10}") && words[2].matches("[0-9]{1,20}")) {
            found.accept(new ProcessMark(words[1], words[2]));
        }
    }

    @Override
    public void ended(ExecEnd how) {
        String rest;
        synchronized (this) {
            rest = held;
            held = "";
        }
        if (!rest.isEmpty()) {
            to.output(false, ByteBuffer.wrap(rest.getBytes(StandardCharsets.ISO_8859_1)));
        }
        to.ended(how);
    }
}
