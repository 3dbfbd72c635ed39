package io.jenkins.plugins.shera.monitoring.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimingTest {

    @TempDir
    Path folder;

    private static Timing timing(String field, String value) {
        return new Timing(
                field.equals("groupBy") ? List.of(value) : List.of(),
                field.equals("groupWait") ? value : "",
                field.equals("groupInterval") ? value : "",
                field.equals("repeatInterval") ? value : "",
                false);
    }

    @ParameterizedTest
    @CsvSource({
        "groupBy, ...",
        "groupBy, secret",
        "groupBy, 'x\"]'",
        "groupWait, -1s",
        "groupWait, 31d",
        "groupWait, soon",
        "groupInterval, 0",
        "groupInterval, 999ms",
        "repeatInterval, 0",
    })
    void refusesWhatAlertmanagerWouldNotTakeOrCouldHurt(String field, String value) {
        assertThatThrownBy(() -> timing(field, value))
                .isInstanceOfSatisfying(InvalidThresholdException.class, refused -> assertThat(refused.field())
                        .isEqualTo(field));
    }

    @Test
    void aRepetitionIsNoSoonerThanTheGroupIsLookedAt() {
        assertThatThrownBy(() -> new Timing(List.of(), "", "5m", "1m", false))
                .isInstanceOf(InvalidThresholdException.class)
                .hasMessageContaining("5m");
    }

    @Test
    void thePlatformsLimitsAreToldWithTheirPlace() {
        NoticePolicy policy = new NoticePolicy(
                NoticePolicy.Span.read("w", "10s 1m"),
                NoticePolicy.Span.read("i", "1m 1h"),
                NoticePolicy.Span.read("r", "1h 2d"),
                List.of(),
                List.of());
        NoticeBook wait = new NoticeBook(0, List.of(), List.of(), timing("groupWait", "5s"));
        NoticeBook repeat = new NoticeBook(
                0,
                List.of(new Receiver("ops", "jenkins", "", "", "")),
                List.of(new NoticeRoute("ops", "", "", "", "30m")));

        policy.check(NoticeBook.empty());
        assertThatThrownBy(() -> policy.check(wait))
                .hasMessageContaining("10s to 1m")
                .extracting(thrown -> ((InvalidThresholdException) thrown).field())
                .isEqualTo("timing.groupWait");
        assertThatThrownBy(() -> policy.check(repeat))
                .extracting(thrown -> ((InvalidThresholdException) thrown).field())
                .isEqualTo("routes[0].repeat");
        assertThat(policy.within(repeat).routes().get(0).repeat()).isEqualTo("1h");
        for (String bad : List.of("", "1m", "1m 2m 3m", "2m 1m", "a b")) {
            assertThatThrownBy(() -> NoticePolicy.Span.read("w", bad))
                    .as(bad)
                    .isInstanceOf(InvalidThresholdException.class);
        }
    }

    @Test
    void aBookFromBeforeThereWasATimingIsRead() throws Exception {
        NoticeStore store = new NoticeStore(folder);
        Files.writeString(folder.resolve("retail.json"), "{\"version\":3,\"receivers\":[],\"routes\":[]}");
        assertThat(store.read("retail")).isEqualTo(NoticeBook.empty().numbered(3));

        NoticeBook book = new NoticeBook(4, List.of(), List.of(), new Timing(List.of("pod"), "10s", "", "2h", true));
        store.write("retail", book);
        assertThat(store.read("retail")).isEqualTo(book);
    }
}
