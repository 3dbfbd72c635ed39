package io.jenkins.plugins.shera.nginx.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.nginx.imports.Reason;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImportReasonsTest {
    private static final ResourceBundle.Control ITSELF =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    @ParameterizedTest
    @EnumSource(Reason.Kind.class)
    void everyReasonIsSaidInEveryLanguageOfAllThatItSpeaksOf(Reason.Kind kind) {
        assertThat(text(kind, Locale.ROOT)).isEqualTo(kind.english());
        for (Locale locale : new Locale[] {Locale.SIMPLIFIED_CHINESE, Locale.TRADITIONAL_CHINESE}) {
            String said = text(kind, locale);
            for (int i = 0; i < 3; i++) {
                String argument = "{" + i + "}";
                assertThat(said.contains(argument))
                        .as("%s of %s in %s", argument, kind, locale)
                        .isEqualTo(kind.english().contains(argument));
            }
        }
    }

    private static String text(Reason.Kind kind, Locale locale) {
        return ResourceBundle.getBundle("io.jenkins.plugins.shera.nginx.pages.Messages", locale, ITSELF)
                .getString("import.reason." + kind)
                .replace("''", "'");
    }
}
