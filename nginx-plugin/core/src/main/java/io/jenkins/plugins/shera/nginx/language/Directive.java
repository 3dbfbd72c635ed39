package io.jenkins.plugins.shera.nginx.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A directive with its arguments, and its block where it has one.
 *
 * @param block null for a simple directive, which ends in a semicolon
 */
public record Directive(String name, List<Argument> arguments, List<Directive> block) {
    /** Copies the lists. */
    public Directive {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("'" + name + "' is not the name of an nginx directive");
        }
        arguments = List.copyOf(arguments);
        block = block == null ? null : List.copyOf(block);
    }

    /** A simple directive with literal arguments. */
    public static Directive of(String name, String... literals) {
        return new Directive(name, literals(literals), null);
    }

    /** A simple directive whose last argument names nginx variables. */
    public static Directive withExpression(String name, List<String> literals, String expression) {
        List<Argument> arguments = new ArrayList<>(literals(literals.toArray(String[]::new)));
        arguments.add(Argument.expression(expression));
        return new Directive(name, arguments, null);
    }

    /** A directive with a block. */
    public static Directive block(String name, List<String> literals, List<Directive> block) {
        return new Directive(name, literals(literals.toArray(String[]::new)), block);
    }

    private static List<Argument> literals(String... texts) {
        return Arrays.stream(texts).map(Argument::literal).toList();
    }
}
