package io.jenkins.plugins.shera.platform.pages;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import org.jvnet.localizer.LocaleProvider;
import org.jvnet.localizer.ResourceBundleHolder;

/** Hands a page's script its texts: all keys of its {@code Messages} bundle in the language of the request. */
public final class PageTexts {

    private PageTexts() {}

    /** The texts of a generated {@code Messages} class, and those of the UI kit, as one JSON object. */
    public static String json(Class<?> messages) {
        ObjectNode texts = JsonNodeFactory.instance.objectNode();
        put(texts, Messages.class, "kit.");
        put(texts, messages, "");
        return texts.toString();
    }

    private static void put(ObjectNode texts, Class<?> messages, String prefix) {
        ResourceBundle bundle = ResourceBundleHolder.get(messages).get(language());
        for (String key : new TreeSet<>(bundle.keySet())) {
            if (key.startsWith(prefix)) {
                texts.put(key, bundle.getString(key));
            }
        }
    }

    /** The language of the request. */
    static Locale language() {
        Locale locale = LocaleProvider.getLocale();
        return locale == null ? Locale.ENGLISH : locale;
    }
}
