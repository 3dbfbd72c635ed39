package io.jenkins.plugins.shera.build.retention;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where images of one repository are named: every digest in any text of an object counts, and every tag behind the repository's name, whatever
 * host stands before it. Rather too much is found than too little.
 */
public final class ImageUses {
    private static final Pattern DIGEST = Pattern.compile("sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})");
    private static final String TAG = "(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})|(?![A-Za-z0-9_./@-]))";
    private static final String USUAL_TAG = "latest";

    private final Pattern tag;
    private final Map<String, String> digests = new LinkedHashMap<>();
    private final Map<String, String> tags = new LinkedHashMap<>();

    /** Of this repository, {@code team/shop}. */
    public ImageUses(String repository) {
        this.tag = Pattern.compile("(?<![A-Za-z0-9_.-])" + Pattern.quote(repository) + TAG);
    }

    /** Takes in all that an object says; {@code where} names it for people. */
    public void scan(JsonNode object, String where) {
        if (object.isTextual()) {
            text(object.textValue(), where);
        }
        object.properties().forEach(field -> text(field.getKey(), where));
        object.forEach(inner -> scan(inner, where));
    }

    private void text(String text, String where) {
        Matcher found = DIGEST.matcher(text);
        while (found.find()) {
            digests.putIfAbsent(found.group(), where);
        }
        Matcher named = tag.matcher(text);
        while (named.find()) {
            // A name with neither tag nor digest means this tag.
            tags.putIfAbsent(named.group(1) == null ? USUAL_TAG : named.group(1), where);
        }
    }

    /** Where a digest was named first. */
    public Optional<String> ofDigest(String digest) {
        return Optional.ofNullable(digests.get(digest));
    }

    /** Where a tag was named first. */
    public Optional<String> ofTag(String name) {
        return Optional.ofNullable(tags.get(name));
    }
}
