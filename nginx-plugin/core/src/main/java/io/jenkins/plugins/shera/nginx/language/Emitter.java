package io.jenkins.plugins.shera.nginx.language;

import java.util.List;
import java.util.regex.Pattern;

/** Writes directives as text that nginx reads back as the same tree (its lexer: {@code ngx_conf_read_token}). */
public final class Emitter {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_./:*=$-]+");

    private Emitter() {}

    /** The text of a file, four spaces a level. */
    public static String emit(List<Directive> directives) {
        StringBuilder out = new StringBuilder();
        directives.forEach(directive -> emit(directive, 0, out));
        return out.toString();
    }

    private static void emit(Directive directive, int depth, StringBuilder out) {
        out.append("    ".repeat(depth)).append(directive.name());
        directive.arguments().forEach(argument -> out.append(' ').append(quote(argument)));
        if (directive.lua() != null) {
            out.append(" {\n")
                    .append(directive.lua().strip().indent(4 * (depth + 1)))
                    .append("    ".repeat(depth))
                    .append("}\n");
            return;
        }
        if (directive.block() == null) {
            out.append(";\n");
            return;
        }
        out.append(" {\n");
        directive.block().forEach(inner -> emit(inner, depth + 1, out));
        directive.entries().forEach(entry -> out.append("    ".repeat(depth + 1))
                .append(quote(entry.key()))
                .append(' ')
                .append(quote(entry.value()))
                .append(";\n"));
        out.append("    ".repeat(depth)).append("}\n");
    }

    /** The only place where a value becomes nginx text. Within double quotes nginx unescapes {@code \"} and {@code \\}. */
    static String quote(Argument argument) {
        return quoteText(argument.text());
    }

    /** For text that was read from a file, and so may hold what an {@link Argument} may not. */
    static String quoteText(String text) {
        if (BARE.matcher(text).matches()) {
            return text;
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
