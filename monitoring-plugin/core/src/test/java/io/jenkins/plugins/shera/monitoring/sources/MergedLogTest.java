package io.jenkins.plugins.shera.monitoring.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.monitoring.logs.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergedLogTest {

    private static final LogQuery ALL = new LogQuery(Window.of(null, null), -1, false, false);

    private final Map<String, List<Integer>> logs = new HashMap<>();
    private final List<String> closed = new ArrayList<>();

    private static ContainerLog log(String pod) {
        return new ContainerLog("prod", pod, "shop");
    }

    /** Gives lines of these times; a time of -1 is where reading breaks off. */
    private LogStream open(ContainerLog log, LogQuery query) throws IOException {
        if (!logs.containsKey(log.pod())) {
            throw new IOException("no log of " + log.pod());
        }
        Iterator<Integer> stamps = logs.get(log.pod()).iterator();
        return new LogStream() {
            @Override
            public LogLine next() throws IOException {
                int stamp = stamps.hasNext() ? stamps.next() : 0;
                if (stamp < 0) {
                    throw new IOException("broken");
                }
                return stamp == 0 ? null : new LogLine(stamp, log, log.pod() + stamp);
            }

            @Override
            public void close() {
                closed.add(log.pod());
            }
        };
    }

    private static List<String> texts(LogStream stream) throws IOException {
        List<String> texts = new ArrayList<>();
        for (LogLine line = stream.next(); line != null; line = stream.next()) {
            texts.add(line.text());
        }
        return texts;
    }

    @Test
    void showsTheRestAndNamesThoseThatCannotBeReadOrBreakOff() throws IOException {
        logs.put("a", List.of(1, 4));
        logs.put("b", List.of(2, -1));
        logs.put("d", List.of(-1));

        try (MergedLog merged = MergedLog.open(this::open, List.of(log("a"), log("b"), log("c"), log("d")), ALL)) {
            assertThat(texts(merged)).containsExactly("a1", "b2", "a4");
            assertThat(merged.unread())
                    .extracting(each -> each.log().pod() + each.begun())
                    .containsExactly("cfalse", "dfalse", "btrue");
        }
        assertThat(closed).containsExactlyInAnyOrder("a", "b", "d");
    }

    @Test
    void failsOnlyWhenNoneCanBeRead() throws IOException {
        assertThatThrownBy(() -> MergedLog.open(this::open, List.of(log("x"), log("y")), ALL))
                .hasMessage("no log of x");
        try (MergedLog none = MergedLog.open(this::open, List.of(), ALL)) {
            assertThat(texts(none)).isEmpty();
        }
    }

    @Test
    void keepsTheLastLinesAndStopsWhereTooMuchHasCome() throws IOException {
        logs.put("a", List.of(1, 2, 3, 4, 5, 6));
        try (LogStream stream = open(log("a"), ALL)) {
            Newest newest = Newest.of(stream, new Newest.Bounds(2, 1_000, 1_000_000));
            assertThat(newest.lines()).extracting(LogLine::text).containsExactly("a5", "a6");
            assertThat(newest.cut()).isTrue();
            assertThat(newest.stopped()).isEqualTo(Newest.TO_THE_END);
        }
        try (LogStream stream = open(log("a"), ALL)) {
            Newest newest = Newest.of(stream, new Newest.Bounds(10, 1_000, 150));
            assertThat(newest.lines()).extracting(LogLine::text).containsExactly("a1", "a2", "a3");
            assertThat(newest.stopped()).isEqualTo(3);
            assertThat(stream.next().text()).as("the rest was left where it is").isEqualTo("a4");
        }
        try (LogStream stream = open(log("a"), ALL)) {
            Newest newest = Newest.of(stream, new Newest.Bounds(10, 5, 1_000));
            assertThat(newest.lines()).extracting(LogLine::text).containsExactly("a5", "a6");
        }
    }
}
