package io.jenkins.plugins.shera.terminal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import io.jenkins.plugins.shera.kube.exec.ExecListener;
import io.jenkins.plugins.shera.terminal.command.ProcessMark;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The line of the process number is cut out wherever the network cuts it, and nothing else is. */
class ShellStartTest {
    private static final String WORD = "shera-0b1c";

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<ProcessMark> marks = new ArrayList<>();

    private ShellStart start() {
        said.reset();
        marks.clear();
        return new ShellStart(
                new ExecListener() {
                    @Override
                    public CompletionStage<?> output(boolean error, ByteBuffer data) {
                        byte[] piece = new byte[data.remaining()];
                        data.get(piece);
                        said.writeBytes(piece);
                        return CompletableFuture.completedFuture(null);
                    }

                    @Override
                    public void ended(ExecEnd end) {
                        said.writeBytes("|".getBytes(StandardCharsets.UTF_8));
                    }
                },
                WORD,
                marks::add);
    }

    private String heard(String... pieces) {
        ShellStart start = start();
        for (String piece : pieces) {
            start.output(false, ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8)));
        }
        start.ended(new ExecEnd(0, ""));
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void cutsTheLineOutWhereverItIsTorn() {
        for (String before : List.of("", "ls\r\n", "\u8336 shera-0b1 sh")) {
            String all = before + WORD + " 17 123456\r\n$ \u8336\u001b[m";
            for (int first = 0; first <= all.length(); first++) {
                for (int second = first; second <= all.length(); second += 3) {
                    assertThat(heard(all.substring(0, first), all.substring(first, second), all.substring(second)))
                            .isEqualTo(before + "$ \u8336\u001b[m|");
                    assertThat(marks).singleElement().satisfies(mark -> {
                        assertThat(mark.pid()).isEqualTo("17");
                        assertThat(mark.start()).isEqualTo("123456");
                    });
                }
            }
        }
    }

    @Test
    void givesOnAllOfWhatHasNoSuchLine() {
        assertThat(heard("no sh here\r\n", "she")).isEqualTo("no sh here\r\nshe|");
        assertThat(heard(WORD, "x".repeat(300), "\n")).isEqualTo(WORD + "x".repeat(300) + "\n|");
        assertThat(marks).isEmpty();
        assertThat(heard(WORD + " 17 \r\n$ ")).as("no /proc").isEqualTo("$ |");
        assertThat(heard(WORD + " 17 9;reboot 3\n")).isEqualTo("|");
        assertThat(marks).isEmpty();
        String flood = "y\r\n".repeat(5000);
        assertThat(heard(flood, WORD + " 1 2\r\n"))
                .as("not looked for for ever")
                .isEqualTo(flood + WORD + " 1 2\r\n|");
    }
}
