package io.jenkins.plugins.shera.nginx.language;

import java.util.List;

/**
 * A directive as it stands in a file, with every letter of it.
 *
 * @param words its name and arguments, at least one
 * @param beforeEnd white space and comments between the last word and the semicolon or brace
 * @param block what the braces hold; null for a simple directive, and where the block is in another language
 * @param foreign the text between the braces of a Lua block; null for all others
 * @param beforeClose white space and comments between the last inner statement and the closing brace
 */
public record Statement(List<Word> words, String beforeEnd, List<Statement> block, String foreign, String beforeClose) {

    /** Copies the lists. */
    public Statement {
        words = List.copyOf(words);
        block = block == null ? null : List.copyOf(block);
    }

    /** The directive's name as nginx reads it. */
    public String name() {
        return words.get(0).text();
    }

    /** The arguments as nginx reads them. */
    public List<String> arguments() {
        return words.subList(1, words.size()).stream().map(Word::text).toList();
    }

    /** Line of the name, counted from 1. */
    public int line() {
        return words.get(0).line();
    }

    /** Whether it has braces, whatever stands between them. */
    public boolean isBlock() {
        return block != null || foreign != null;
    }

    void write(StringBuilder out) {
        words.forEach(word -> out.append(word.before()).append(word.raw()));
        out.append(beforeEnd);
        if (!isBlock()) {
            out.append(';');
            return;
        }
        out.append('{');
        if (foreign == null) {
            block.forEach(inner -> inner.write(out));
            out.append(beforeClose);
        } else {
            out.append(foreign);
        }
        out.append('}');
    }
}
