package io.jenkins.plugins.shera.platform.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {

    @TempDir
    Path folder;

    @Test
    void givesBackWhatWasAppended() throws IOException {
        Timeline timeline = new Timeline(folder);
        TimelineEntry entry = TimelineEntry.now(TimelineEntry.Kind.IMAGE, "checkout:5.2.0", "182 MB", "ada", "prod")
                .linked("build #412", "/job/payments/job/checkout/412/");

        TimelineEntry stored = timeline.append(entry);

        assertThat(new Timeline(folder).page(Long.MAX_VALUE, 10, null).entries())
                .containsExactly(stored);
    }

    @Test
    void choosesOneKind() throws IOException {
        Timeline timeline = new Timeline(folder);
        timeline.append(TimelineEntry.now(TimelineEntry.Kind.IMAGE, "i", "", "ada", ""));
        timeline.append(TimelineEntry.now(TimelineEntry.Kind.CONFIG, "c", "", "ada", ""));

        assertThat(timeline.page(Long.MAX_VALUE, 10, TimelineEntry.Kind.IMAGE).entries())
                .extracting(TimelineEntry::title)
                .containsExactly("i");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "//evil.example/", "data:text/html,x", "", "https://a b"})
    void refusesLinksThatRunScriptOrLeadAstray(String url) {
        TimelineEntry entry = TimelineEntry.now(TimelineEntry.Kind.IMAGE, "i", "", "ada", "");

        assertThatThrownBy(() -> entry.linked("x", url)).isInstanceOf(IllegalArgumentException.class);
    }
}
