package io.jenkins.plugins.shera.nginx.language;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts in Lua, and as much of it as it takes to find the brace that ends a {@code *_by_lua_block} (Lua 5.1 manual, 2.1). */
public final class LuaText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./+@:, -]{0,4096}");
    private static final Pattern LONG_OPEN = Pattern.compile("\\[(=*)\\[");

    private LuaText() {}

    /**
     * The only place where a value becomes text of Lua.
     *
     * @throws IllegalArgumentException for letters that a path of ours does not need
     */
    public static String quote(String text) {
        if (!isQuotable(text)) {
            throw new IllegalArgumentException("'" + text + "' is not written into Lua");
        }
        return '"' + text + '"';
    }

    /** Whether {@link #quote} takes it. */
    public static boolean isQuotable(String text) {
        return PLAIN.matcher(text).matches();
    }

    /** Index of the closing brace for a block whose inside begins at {@code from}; -1 when there is none. */
    static int end(String text, int from) {
        int depth = 1;
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            } else if (c == '"' || c == '\'') {
                i = afterString(text, i);
                continue;
            } else if (text.startsWith("--", i)) {
                int inside = afterLong(text, i + 2);
                int newline = text.indexOf('\n', i);
                i = inside > 0 ? inside : newline < 0 ? text.length() : newline;
                continue;
            } else if (c == '[') {
                int inside = afterLong(text, i);
                i = inside > 0 ? inside : i + 1;
                continue;
            }
            i++;
        }
        return -1;
    }

    private static int afterString(String text, int quote) {
        int i = quote + 1;
        while (i < text.length() && text.charAt(i) != text.charAt(quote)) {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i + 1;
    }

    private static int afterLong(String text, int at) {
        Matcher open = LONG_OPEN.matcher(text).region(at, text.length());
        if (!open.lookingAt()) {
            return -1;
        }
        String close = "]" + open.group(1) + "]";
        int end = text.indexOf(close, open.end());
        return end < 0 ? text.length() : end + close.length();
    }
}
