package io.jenkins.plugins.shera.build.tools;

import io.jenkins.plugins.shera.oci.image.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a build asks for: names of the catalogue, and bundles of its own as {@code name=registry/repository@sha256:...}. */
public final class ToolList {
    private static final int MOST = 20;

    private ToolList() {}

    /**
     * The bundles in the order of the text, by commas or blanks apart; refuses with an {@link IllegalArgumentException}.
     *
     * @param catalogue the bundles that may be named
     */
    public static List<ToolBundle> read(String text, List<ToolBundle> catalogue) {
        Map<String, ToolBundle> known = new LinkedHashMap<>();
        catalogue.forEach(bundle -> known.put(bundle.name(), bundle));
        Map<String, ToolBundle> wanted = new LinkedHashMap<>();
        for (String word : text == null ? new String[0] : text.split("[,\\s]+")) {
            if (word.isEmpty()) {
                continue;
            }
            int equals = word.indexOf('=');
            ToolBundle bundle =
                    equals < 0 ? known.get(word) : ToolBundle.of(word.substring(0, equals), word.substring(equals + 1));
            if (bundle == null) {
                throw new IllegalArgumentException("There is no tool bundle " + Quoted.of(word)
                        + " for this tenant. There is: "
                        + (known.isEmpty() ? "none" : String.join(", ", known.keySet()))
                        + ". Name one of these, or give your own as name=registry/repository@sha256:...");
            }
            if (wanted.putIfAbsent(bundle.name(), bundle) != null) {
                throw new IllegalArgumentException("The tool bundle " + bundle.name() + " is named twice.");
            }
        }
        if (wanted.size() > MOST) {
            throw new IllegalArgumentException("There are more than " + MOST + " tool bundles.");
        }
        return new ArrayList<>(wanted.values());
    }
}
