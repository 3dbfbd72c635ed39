package io.jenkins.plugins.shera.platform.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.platform.Messages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
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

    @Test
    void tellsEachReaderInTheirLanguageAlsoAfterARestart() throws Exception {
        new Timeline(folder)
                .append(TimelineEntry.now(
                        TimelineEntry.Kind.CONFIG, Messages._Administration_applicationCreated(), "", "ada", ""));

        TimelineEntry read =
                new Timeline(folder).page(Long.MAX_VALUE, 1, null).entries().get(0);
        assertThat(read.title(Locale.ENGLISH)).isEqualTo(read.title()).isEqualTo(read.title(Locale.FRENCH));
        assertThat(read.title(Locale.SIMPLIFIED_CHINESE)).isNotEqualTo(read.title());
        assertThat(read.title(Locale.forLanguageTag("zh-Hant-HK"))).isEqualTo(read.title(Locale.TRADITIONAL_CHINESE));
    }
}
