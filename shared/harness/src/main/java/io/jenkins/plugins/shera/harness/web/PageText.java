package io.jenkins.plugins.shera.harness.web;

import java.util.Locale;
import java.util.ResourceBundle;

/** Texts of the pages that no view draws. */
final class PageText {
    private final ResourceBundle bundle;

    private PageText(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    static PageText of(Locale locale) {
        ResourceBundle.Control noDefault =
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
        return new PageText(ResourceBundle.getBundle(
                PageText.class.getPackageName() + ".PageText", locale, PageText.class.getClassLoader(), noDefault));
    }

    String get(String key) {
        return bundle.getString(key);
    }
}
