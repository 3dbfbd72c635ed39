package io.jenkins.plugins.shera.harness.pages;

import java.util.Locale;
import java.util.ResourceBundle;
import org.jvnet.localizer.LocaleProvider;

/** Texts of the pages that Java puts there, in the language of the request. */
final class PageTexts {
    private static final ResourceBundle.Control NO_DEFAULT =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private PageTexts() {}

    static String get(String key, Object... arguments) {
        Locale locale = LocaleProvider.getLocale();
        String pattern = ResourceBundle.getBundle(
                        PageTexts.class.getName(), locale, PageTexts.class.getClassLoader(), NO_DEFAULT)
                .getString(key);
        return arguments.length == 0 ? pattern : new java.text.MessageFormat(pattern, locale).format(arguments);
    }
}
