package io.jenkins.plugins.shera.build.retention;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tags by patterns in which {@code *} stands for any letters and {@code ?} for one. */
public final class TagPatterns {
    private final List<Pattern> patterns;

    /** Each is a whole tag with those signs in it. */
    public TagPatterns(List<String> globs) {
        this.patterns = globs.stream().map(TagPatterns::pattern).collect(Collectors.toList());
    }

    /** Whether one of them fits. */
    public boolean matches(String tag) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(tag).matches());
    }

    private static Pattern pattern(String glob) {
        if (!glob.matches("[A-Za-z0-9_.*?-]{1,128}")) {
            throw new IllegalArgumentException("keepTags has '" + glob.replaceAll("\\p{Cntrl}", "?")
                    + "': give tags of letters, digits, '.', '_' and '-', with * and ? for what may stand there.");
        }
        return Pattern.compile(glob.replace(".", "\\.").replaceAll("\\*+", ".*").replace("?", "."));
    }
}
