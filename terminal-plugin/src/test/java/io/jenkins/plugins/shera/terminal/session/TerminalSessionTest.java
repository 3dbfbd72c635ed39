package io.jenkins.plugins.shera.terminal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The shell and the tab are doubles, so that cuts come where they hurt. */
class TerminalSessionTest {

    private static final Target TARGET = new Target("retail", "shop", "prod", "retail", "shop-1", "shop");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static TerminalSession session(Clock clock) {
        return new TerminalSession("id", "amy", TARGET, clock);
    }

    private static final class Tab implements Viewer {
        private long at = -1;
        private long before = -1;
        private final ByteArrayOutputStream got = new ByteArrayOutputStream();
        private String end = "";
        private String size = "";
        private List<String> watchers = List.of();

        @Override
        public void begin(long offset, long seen) {
            at = offset;
            before = seen;
        }

        @Override
        public void size(int columns, int rows) {
            size = columns + "x" + rows;
        }

        @Override
        public void watchers(List<String> users) {
            watchers = users;
        }

        @Override
        public void output(ByteBuffer data) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            got.writeBytes(bytes);
        }

        @Override
        public void end(String code, int exitCode, String message) {
            end = code + exitCode;
        }
    }

    @Test
    void losesNothingAndKeepsTheOrderThroughManyCuts() {
        Random random = new Random(7);
        TerminalSession session = session(Clock.systemUTC());
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        Tab tab = new Tab();
        session.attach(tab, 0);
        for (int round = 0; round < 400; round++) {
            byte[] piece = new byte[1 + random.nextInt(9_000)];
            random.nextBytes(piece);
            said.writeBytes(piece);
            session.output(false, ByteBuffer.wrap(piece));
            if (random.nextInt(4) == 0) {
                session.detach(tab);
                byte[] all = tab.got.toByteArray();
                shown.write(all, 0, all.length - random.nextInt(all.length + 1));
                tab = new Tab();
                session.attach(tab, shown.size());
                assertThat(tab.at).isEqualTo(shown.size());
            } else {
                session.confirm(tab, shown.size());
            }
        }
        shown.writeBytes(tab.got.toByteArray());
        assertThat(shown.toByteArray()).isEqualTo(said.toByteArray());
    }

    @Test
    void holdsTheShellBackUntilTheBrowserHasCaughtUp() {
        TerminalSession session = session(Clock.systemUTC());
        Tab tab = new Tab();
        session.attach(tab, 0);
        CompletableFuture<?> taken = taken(session, TerminalSession.MOST_UNCONFIRMED - 1);
        assertThat(taken).isCompleted();
        CompletableFuture<?> held = taken(session, 1);
        assertThat(held).isNotDone();
        session.confirm(tab, 10);
        session.confirm(tab, Long.MAX_VALUE);
        session.confirm(new Tab(), TerminalSession.MOST_UNCONFIRMED);
        assertThat(held).isNotDone();
        session.confirm(tab, TerminalSession.MOST_UNCONFIRMED);
        assertThat(held).isCompleted();
    }

    @Test
    void showsTheLastScreenToWhoReloadsThePage() {
        TerminalSession session = session(Clock.systemUTC());
        Tab first = new Tab();
        session.attach(first, -1);
        taken(session, 1000);
        session.confirm(first, 1000);
        Tab second = new Tab();
        session.attach(second, -1);
        assertThat(first.end).startsWith("taken");
        assertThat(second.got.size()).isEqualTo(1000);
        assertThat(second.before).as("questions before this are answered").isEqualTo(1000);
        session.detach(first);
        assertThat(session.isWatched()).isTrue();
    }

    @Test
    void whoWatchesSeesAllInTheSizeOfTheOwnerAndNeverSlowsTheSession() {
        TerminalSession session = session(Clock.systemUTC());
        Tab owner = new Tab();
        session.attach(owner, 0);
        taken(session, 1000);
        assertThat(session.watch(new Tab(), "", "bob")).as("not shared").isFalse();
        assertThat(session.share("word")).isEqualTo("word");
        assertThat(session.share("another")).as("shared already").isEqualTo("word");
        assertThat(session.watch(new Tab(), "guess", "bob")).isFalse();
        Tab quick = new Tab();
        Tab slow = new Tab();
        assertThat(session.watch(quick, "word", "bob")).isTrue();
        assertThat(session.watch(slow, "word", "eve")).isTrue();
        assertThat(owner.watchers).containsExactly("bob", "eve");
        assertThat(quick.got.size()).isEqualTo(1000);
        assertThat(quick.size).isEqualTo("80x24");
        long said = 1000;
        for (int round = 0; round < 40; round++) {
            assertThat(taken(session, 60_000)).as("the shell goes on").isCompleted();
            said += 60_000;
            session.confirm(owner, said);
            session.confirmWatched(quick, said);
        }
        assertThat(slow.end).startsWith("slow");
        assertThat(slow.got.size()).as("under way to it").isLessThan(1_200_000);
        assertThat(owner.watchers).containsExactly("bob");
        assertThat(quick.got.size()).isEqualTo(said);
        session.type(quick, ByteBuffer.wrap(new byte[] {1}));
        session.unshare();
        assertThat(quick.end).startsWith("unshared");
        assertThat(session.watch(new Tab(), "word", "bob")).isFalse();
        assertThat(owner.watchers).isEmpty();
        assertThat(owner.end).isEmpty();
    }

    @Test
    void theLinkEndsWithTheSessionAndNotMoreThanTwentyWatch() {
        TerminalSession session = session(Clock.systemUTC());
        session.share("word");
        Tab first = new Tab();
        assertThat(session.watch(first, "word", "bob")).isTrue();
        for (int each = 1; each < 20; each++) {
            assertThat(session.watch(new Tab(), "word", "bob")).isTrue();
        }
        assertThat(session.watch(new Tab(), "word", "eve")).isFalse();
        session.unwatch("bob", "right");
        assertThat(first.end).startsWith("right");
        assertThat(session.watch(first, "word", "bob")).isTrue();
        session.ended(new ExecEnd(3, ""));
        assertThat(first.end).isEqualTo("exit3");
        assertThat(session.link()).isEmpty();
        assertThat(session.share("again")).isEmpty();
    }

    @Test
    void tellsTheEndOnceAlsoToWhoComesLater() {
        TerminalSession session = session(Clock.systemUTC());
        session.ended(new ExecEnd(3, ""));
        session.ended(new ExecEnd(4, "late"));
        Tab tab = new Tab();
        session.attach(tab, 0);
        assertThat(tab.end).isEqualTo("exit3");
    }

    @Test
    void endsWhenNobodyTypesNobodyLooksOrTimeIsUp() {
        SessionLimits limits = new SessionLimits(Duration.ofMinutes(30), Duration.ofMinutes(10), Duration.ofHours(8));
        for (Object[] expected : new Object[][] {
            {9, false, ""}, {11, false, "detached"}, {29, true, ""}, {31, true, "idle"}, {481, true, "total"}
        }) {
            Moving clock = new Moving();
            TerminalSession session = session(clock);
            Tab tab = new Tab();
            if ((boolean) expected[1]) {
                session.attach(tab, 0);
            }
            clock.now = NOON.plus(Duration.ofMinutes((int) expected[0]));
            session.keepWithin(limits);
            Tab late = new Tab();
            session.attach(late, 0);
            assertThat(late.end).startsWith((String) expected[2]);
            assertThat(session.isEnded()).isEqualTo(!expected[2].equals(""));
        }
    }

    private static CompletableFuture<?> taken(TerminalSession session, int bytes) {
        CompletionStage<?> stage = session.output(false, ByteBuffer.allocate(bytes));
        return stage.toCompletableFuture();
    }

    private static final class Moving extends Clock {
        private Instant now = NOON;

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
