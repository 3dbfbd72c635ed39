package io.jenkins.plugins.shera.nginx.language;

/**
 * Cuts a file into words and signs as {@code ngx_conf_read_token} does, its oddities included: a quote counts only at the
 * start of a word, a closing brace only where a word could start, and <code>${</code> never opens a block.
 */
final class Lexer {
    /** nginx reads a file through a buffer of 4096 bytes, and a word with the sign after it must fit. */
    private static final int LONGEST_WORD = 4095;

    private final String path;
    private final String text;
    private int at;
    private int line = 1;
    private boolean afterQuote;

    /** What stands next. */
    enum Sign {
        WORD,
        SEMICOLON,
        OPEN,
        CLOSE,
        END
    }

    /** {@code word} is null unless the sign is a word. */
    record Token(Sign sign, String before, Word word, int line) {}

    Lexer(String path, String text) {
        this.path = path;
        this.text = text;
    }

    Token next() throws SyntaxException {
        String before = gap();
        if (at == text.length()) {
            return new Token(Sign.END, before, null, line);
        }
        char c = text.charAt(at);
        boolean glued = afterQuote && before.isEmpty();
        afterQuote = false;
        if (glued && c != ';' && c != '{' && c != ')') {
            throw error("unexpected \"" + c + "\" right after a closing quote: put a space between them,", line);
        }
        Sign sign =
                switch (c) {
                    case ';' -> Sign.SEMICOLON;
                    case '{' -> Sign.OPEN;
                    case '}' -> Sign.CLOSE;
                    default -> Sign.WORD;
                };
        if (sign != Sign.WORD) {
            at++;
            return new Token(sign, before, null, line);
        }
        int start = line;
        return new Token(Sign.WORD, before, word(before), start);
    }

    /** The text up to the brace that closes a Lua block, which is read past; strings and comments are Lua's. */
    String foreignBlock(int opened) throws SyntaxException {
        int end = LuaText.end(text, at);
        if (end < 0) {
            throw error("unexpected end of file, expecting \"}\" for the block opened here", opened);
        }
        String inside = text.substring(at, end);
        line += (int) inside.chars().filter(c -> c == '\n').count();
        at = end + 1;
        return inside;
    }

    SyntaxException error(String message, int where) {
        return new SyntaxException(path, where, message);
    }

    private String gap() {
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#' && !(afterQuote && at == start)) {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else if (isSpace(c)) {
                line += c == '\n' ? 1 : 0;
                at++;
            } else {
                break;
            }
        }
        return text.substring(start, at);
    }

    private Word word(String before) throws SyntaxException {
        int start = at;
        int startLine = line;
        char quote = text.charAt(at) == '"' || text.charAt(at) == '\'' ? text.charAt(at) : 0;
        int from = quote == 0 ? at : at + 1;
        at = from;
        boolean variable = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') {
                line += at + 1 < text.length() && text.charAt(at + 1) == '\n' ? 1 : 0;
                at += 2;
                variable = false;
                continue;
            }
            if (quote == 0 ? isSpace(c) || c == ';' || c == '{' && !variable : c == quote && at >= from) {
                break;
            }
            line += c == '\n' ? 1 : 0;
            // After "${" nginx still takes a further brace as part of the variable.
            variable = c == '$' || c == '{' && variable;
            at++;
        }
        if (at >= text.length()) {
            throw error(
                    quote == 0
                            ? "unexpected end of file, expecting \";\" or \"}\""
                            : "unexpected end of file: the quote " + quote + " opened here is never closed",
                    startLine);
        }
        String inner = text.substring(from, at);
        if (inner.length() > LONGEST_WORD) {
            throw error("a word of " + inner.length() + " characters is longer than nginx reads (4095)", startLine);
        }
        if (quote != 0) {
            at++;
            afterQuote = true;
        }
        return new Word(before, text.substring(start, at), unescape(inner), startLine);
    }

    private static String unescape(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder out = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            char following = c == '\\' && i + 1 < raw.length() ? raw.charAt(i + 1) : 0;
            switch (following) {
                case '"', '\'', '\\' -> out.append(following);
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'n' -> out.append('\n');
                default -> {
                    out.append(c);
                    continue;
                }
            }
            i++;
        }
        return out.toString();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
