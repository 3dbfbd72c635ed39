package io.jenkins.plugins.shera.nginx.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A directive with its arguments, and its block where it has one.
 *
 * @param block null for a simple directive, which ends in a semicolon
 * @param entries the lines of a block of values; empty for all others
 * @param lua what stands between the braces of a {@code *_by_lua_block}; null for all others
 */
public record Directive(String name, List<Argument> arguments, List<Directive> block, List<Entry> entries, String lua) {
    /**
     * A line of a {@code map} or {@code split_clients} block, which begins with a value and not with a directive's name.
     */
    public record Entry(Argument key, Argument value) {
        /** Both are taken letter by letter. */
        public static Entry of(String key, String value) {
            return new Entry(Argument.literal(key), Argument.literal(value));
        }

        /** The value may name variables; never built from what came from outside. */
        public static Entry expression(String key, String value) {
            return new Entry(Argument.literal(key), Argument.expression(value));
        }
    }

    /** A directive with neither entries nor shares. */
    public Directive(String name, List<Argument> arguments, List<Directive> block) {
        this(name, arguments, block, List.of());
    }

    /** A directive without Lua. */
    public Directive(String name, List<Argument> arguments, List<Directive> block, List<Entry> entries) {
        this(name, arguments, block, entries, null);
    }

    /** Copies the lists. */
    public Directive {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("'" + name + "' is not the name of an nginx directive");
        }
        if (lua != null && (!name.endsWith("_by_lua_block") || LuaText.end(lua + "}", 0) != lua.length())) {
            throw new IllegalArgumentException("'" + name + "' takes no such Lua");
        }
        arguments = List.copyOf(arguments);
        block = block == null ? null : List.copyOf(block);
        entries = List.copyOf(entries);
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

    /** A zone of memory over an expression of our own, with literal settings after it. */
    public static Directive zone(String name, String key, String... literals) {
        List<Argument> arguments = new ArrayList<>(List.of(Argument.expression(key)));
        arguments.addAll(literals(literals));
        return new Directive(name, arguments, null);
    }

    /** Gives one of our own variables a literal value. */
    public static Directive set(String variable, String literal) {
        return new Directive("set", List.of(Argument.expression(variable), Argument.literal(literal)), null);
    }

    /** Gives one of our own variables the value of another. */
    public static Directive setExpression(String variable, String expression) {
        return new Directive("set", expressions(variable, expression), null);
    }

    /** A directive with a block. */
    public static Directive block(String name, List<String> literals, List<Directive> block) {
        return new Directive(name, literals(literals.toArray(String[]::new)), block);
    }

    /** A {@code map} from one of our own variables, or nginx's, to another, with its entries. */
    public static Directive mapOf(String source, String target, List<Entry> entries) {
        return new Directive("map", expressions(source, target), List.of(), entries);
    }

    /** A {@code split_clients} over this key, with its shares. */
    public static Directive splitOf(String key, String target, List<Entry> shares) {
        return new Directive("split_clients", expressions(key, target), List.of(), shares);
    }

    /** A program of our own; nothing of it may come from outside but by {@link LuaText#quote}. */
    public static Directive lua(String name, String program) {
        return new Directive(name, List.of(), null, List.of(), program);
    }

    private static List<Argument> expressions(String... texts) {
        return Arrays.stream(texts).map(Argument::expression).toList();
    }

    private static List<Argument> literals(String... texts) {
        return Arrays.stream(texts).map(Argument::literal).toList();
    }
}
