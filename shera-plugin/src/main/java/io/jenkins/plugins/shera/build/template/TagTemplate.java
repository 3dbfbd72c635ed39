package io.jenkins.plugins.shera.build.template;

import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tags with {@code ${branch}}, {@code ${commit}}, {@code ${build}} and {@code ${version}} in them. */
public final class TagTemplate {
    private static final Pattern NAME = Pattern.compile("\\$\\{([^}]*)}");
    private static final int LONGEST = 128;
    private static final int MOST = 20;

    private TagTemplate() {}

    /** Refuses templates with a name that is none, or that can never be tags. */
    public static void check(String templates) {
        expand(templates, Map.of("branch", "main", "commit", "0123456789ab", "build", "1", "version", "1.0"));
    }

    /**
     * The tags, each once.
     *
     * @param templates by commas or blanks apart
     * @param values by name; what a tag may not hold becomes {@code -}
     */
    public static List<String> expand(String templates, Map<String, String> values) {
        List<String> tags = new ArrayList<>();
        for (String template : templates.split("[,\\s]+")) {
            if (template.isEmpty()) {
                continue;
            }
            String tag = one(template, values);
            if (!tags.contains(tag)) {
                tags.add(ImageReference.checkTag(tag));
            }
        }
        if (tags.size() > MOST) {
            throw new IllegalArgumentException("There are more than " + MOST + " tags.");
        }
        return tags;
    }

    private static String one(String template, Map<String, String> values) {
        Matcher matcher = NAME.matcher(template);
        StringBuilder tag = new StringBuilder();
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value == null) {
                throw new IllegalArgumentException("The tag " + Quoted.of(template)
                        + " holds a name that is none of ${branch}, ${commit}, ${build} and ${version}.");
            }
            if (value.isEmpty()) {
                throw new IllegalArgumentException("The tag " + Quoted.of(template) + " wants the " + matcher.group(1)
                        + ", and the source has none: leave it out.");
            }
            matcher.appendReplacement(tag, Matcher.quoteReplacement(value.replaceAll("[^A-Za-z0-9_.-]", "-")));
        }
        matcher.appendTail(tag);
        String text = tag.toString().replaceAll("^[.-]+", "");
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
