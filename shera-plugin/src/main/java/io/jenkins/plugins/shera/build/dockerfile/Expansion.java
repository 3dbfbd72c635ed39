package io.jenkins.plugins.shera.build.dockerfile;

import java.util.Map;

/** Takes quotes away and puts values in the place of {@code $name}, {@code ${name}}, {@code ${name:-or}} and {@code ${name:+if}}. */
public final class Expansion {
    private static final int LONGEST = 1024 * 1024;

    private final Instruction instruction;
    private final Map<String, String> values;
    private final StringBuilder out = new StringBuilder();
    private final String text;
    private int at;

    private Expansion(Instruction instruction, String text, Map<String, String> values) {
        this.instruction = instruction;
        this.text = text;
        this.values = values;
    }

    /** The word as the instruction means it; a name without a value becomes nothing. */
    public static String of(Instruction instruction, String word, Map<String, String> values)
            throws DockerfileException {
        return new Expansion(instruction, word, values).run();
    }

    private String run() throws DockerfileException {
        char quote = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (quote != '\'' && c == instruction.escape() && at < text.length()) {
                char next = text.charAt(at++);
                boolean kept = quote == '"' && next != '"' && next != '$' && next != instruction.escape();
                out.append(kept ? String.valueOf(c) + next : String.valueOf(next));
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote == c && quote != 0) {
                quote = 0;
            } else if (c == '$' && quote != '\'') {
                variable();
            } else {
                out.append(c);
            }
            if (out.length() > LONGEST) {
                throw instruction.failure("a value grows beyond " + LONGEST + " characters.");
            }
        }
        return out.toString();
    }

    private void variable() throws DockerfileException {
        if (at < text.length() && text.charAt(at) == '{') {
            at++;
            braces();
            return;
        }
        String name = name();
        out.append(name.isEmpty() ? "$" : values.getOrDefault(name, ""));
    }

    private void braces() throws DockerfileException {
        String name = name();
        String rest = untilClosed();
        String value = values.get(name);
        boolean given = value != null && !value.isEmpty();
        if (name.isEmpty()) {
            throw instruction.failure("${...} without a name.");
        } else if (rest.isEmpty()) {
            out.append(value == null ? "" : value);
        } else if (rest.startsWith(":-") || rest.startsWith("-")) {
            boolean taken = rest.startsWith("-") ? value != null : given;
            out.append(taken ? value : of(instruction, rest.substring(rest.indexOf('-') + 1), values));
        } else if (rest.startsWith(":+") || rest.startsWith("+")) {
            boolean taken = rest.startsWith("+") ? value != null : given;
            out.append(taken ? of(instruction, rest.substring(rest.indexOf('+') + 1), values) : "");
        } else {
            throw instruction.failure("${" + name + rest + "} is not understood: only ${name}, ${name:-default} and"
                    + " ${name:+alternative} are.");
        }
    }

    private String name() {
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) && text.charAt(at) < 128 || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(from, at);
    }

    private String untilClosed() throws DockerfileException {
        int from = at;
        int depth = 1;
        while (at < text.length()) {
            char c = text.charAt(at++);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth > 20) {
                break;
            }
            if (depth == 0) {
                return text.substring(from, at - 1);
            }
        }
        throw instruction.failure("a ${ is not closed.");
    }
}
