package io.jenkins.plugins.shera.terminal.pack;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jvnet.localizer.Localizable;

/**
 * What one kind of secret looks like. It is looked for only where one of the words stands that it must begin with, since a pattern that is
 * tried at each byte of a jar takes longer than all the rest of packaging it.
 */
final class SecretForm {
    private final Localizable name;
    private final int before;
    private final List<String> words;
    private final Pattern pattern;

    /**
     * The first group of the pattern, or all of it where it has none, is the secret.
     *
     * @param before how many characters of what the pattern matches stand before the word
     * @param words in small letters; what matches holds one of them, in letters of any size
     */
    SecretForm(Localizable name, int before, List<String> words, String pattern) {
        this.name = name;
        this.before = before;
        this.words = List.copyOf(words);
        this.pattern = Pattern.compile(pattern);
    }

    Localizable name() {
        return name;
    }

    boolean isIn(String text) {
        return pattern.matcher(text).find();
    }

    /** The group of a match that is secret. */
    static int group(MatchResult match) {
        return match.groupCount() > 0 && match.group(1) != null ? 1 : 0;
    }

    /** Each match in the text, for each word from the left; the same place may come twice. */
    void each(String text, String small, Consumer<MatchResult> taker) {
        Matcher matcher = pattern.matcher(text).useTransparentBounds(true);
        for (String word : words) {
            int from = small.indexOf(word);
            while (from >= 0) {
                int next = from + word.length();
                if (from >= before) {
                    matcher.region(from - before, text.length());
                    if (matcher.lookingAt()) {
                        taker.accept(matcher);
                        next = Math.max(next, matcher.end());
                    }
                }
                from = small.indexOf(word, next);
            }
        }
    }
}
