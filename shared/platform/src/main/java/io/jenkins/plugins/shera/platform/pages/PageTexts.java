package io.jenkins.plugins.shera.platform.pages;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import org.jvnet.localizer.LocaleProvider;
import org.jvnet.localizer.ResourceBundleHolder;

/** Hands a page's script its texts: all keys of a {@code Messages} bundle in the language of the request. */
public final class PageTexts {

    private PageTexts() {}

    /** The texts of a generated {@code Messages} class as one JSON object. */
    public static String json(Class<?> messages) {
        ResourceBundle bundle = ResourceBundleHolder.get(messages).get(language());
        ObjectNode texts = JsonNodeFactory.instance.objectNode();
        for (String key : new TreeSet<>(bundle.keySet())) {
            texts.put(key, bundle.getString(key));
        }
        return texts.toString();
    }

    /** The language of the request. */
    static Locale language() {
        Locale locale = LocaleProvider.getLocale();
        return locale == null ? Locale.ENGLISH : locale;
    }
}
