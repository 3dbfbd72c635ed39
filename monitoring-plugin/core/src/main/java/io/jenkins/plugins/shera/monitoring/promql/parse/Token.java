package io.jenkins.plugins.shera.monitoring.promql.parse;

/**
 * A word of PromQL.
 *
 * @param text as it was written; of a string what it means
 * @param at position of its first character
 */
record Token(Kind kind, String text, int at) {

    /** What sort of word it is. */
    enum Kind {
        NAME,
        NUMBER,
        DURATION,
        STRING,
        SIGN,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    /** Keywords are read in any case. */
    boolean isWord(String word) {
        return kind == Kind.NAME && text.equalsIgnoreCase(word);
    }
}
