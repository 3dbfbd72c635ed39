package io.jenkins.plugins.shera.nginx.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What differs in meaning: layout, comments, quoting, and the order of blocks with different names are no difference. The
 * order of directives of the same name is one, because to nginx it can be.
 */
public final class Comparison {
    private static final int LONGEST_LABEL = 120;

    private Comparison() {}

    /** The changes that lead from the one to the other, in the order of the first; none when they mean the same. */
    public static List<Change> between(SourceFile before, SourceFile after) {
        List<Change> changes = new ArrayList<>();
        compare(List.of(), before.statements(), after.statements(), changes);
        return changes;
    }

    private static void compare(
            List<String> where, List<Statement> before, List<Statement> after, List<Change> changes) {
        Map<String, List<Statement>> old = byKey(before);
        Map<String, List<Statement>> now = byKey(after);
        old.forEach((key, statements) -> pair(where, statements, now.getOrDefault(key, List.of()), changes));
        now.forEach((key, statements) -> {
            if (!old.containsKey(key)) {
                pair(where, List.of(), statements, changes);
            }
        });
    }

    private static void pair(List<String> where, List<Statement> before, List<Statement> after, List<Change> changes) {
        List<Statement> old = new ArrayList<>(before);
        List<Statement> now = new ArrayList<>(after);
        if (!before.isEmpty() && !before.get(0).isBlock()) {
            dropCommon(old, now);
        }
        int both = Math.min(old.size(), now.size());
        for (int i = 0; i < both; i++) {
            pairOf(where, old.get(i), now.get(i), changes);
        }
        old.subList(both, old.size()).forEach(gone -> changes.add(new Change(where, meaning(gone), null)));
        now.subList(both, now.size()).forEach(added -> changes.add(new Change(where, null, meaning(added))));
    }

    private static void pairOf(List<String> where, Statement before, Statement after, List<Change> changes) {
        if (before.block() != null && after.block() != null) {
            if (!before.arguments().equals(after.arguments())) {
                changes.add(new Change(where, head(before), head(after)));
            }
            List<String> inside = new ArrayList<>(where);
            inside.add(label(after));
            compare(inside, before.block(), after.block(), changes);
        } else if (!meaning(before).equals(meaning(after))) {
            changes.add(new Change(where, meaning(before), meaning(after)));
        }
    }

    /** Takes off what both begin and end with, so that one line put between others is one change. */
    private static void dropCommon(List<Statement> old, List<Statement> now) {
        while (!old.isEmpty() && !now.isEmpty() && same(old.get(0), now.get(0))) {
            old.remove(0);
            now.remove(0);
        }
        while (!old.isEmpty() && !now.isEmpty() && same(old.get(old.size() - 1), now.get(now.size() - 1))) {
            old.remove(old.size() - 1);
            now.remove(now.size() - 1);
        }
    }

    private static boolean same(Statement one, Statement other) {
        return meaning(one).equals(meaning(other));
    }

    private static Map<String, List<Statement>> byKey(List<Statement> statements) {
        return statements.stream()
                .collect(Collectors.groupingBy(Comparison::key, LinkedHashMap::new, Collectors.toList()));
    }

    /** Blocks are the same thing when their head is, servers when they listen for the same names. */
    private static String key(Statement statement) {
        if (statement.isBlock()) {
            return statement.name().equals("server")
                    ? "{" + label(statement) + ports(statement)
                    : "{" + head(statement);
        }
        return statement.name();
    }

    private static String label(Statement statement) {
        if (!statement.name().equals("server") || statement.block() == null) {
            return head(statement);
        }
        String names = all(statement, "server_name");
        return names.isEmpty() ? "server" : "server " + shortened(names);
    }

    /** A server may have thousands of names; the first ones tell which it is. */
    private static String shortened(String names) {
        return names.length() <= LONGEST_LABEL ? names : names.substring(0, LONGEST_LABEL) + "...";
    }

    private static String ports(Statement server) {
        return " on " + all(server, "listen");
    }

    private static String all(Statement server, String directive) {
        return server.block() == null
                ? ""
                : server.block().stream()
                        .filter(inner -> inner.name().equals(directive))
                        .map(inner -> String.join(" ", inner.arguments()))
                        .collect(Collectors.joining(" "));
    }

    private static String head(Statement statement) {
        return statement.words().stream().map(Comparison::quoted).collect(Collectors.joining(" "));
    }

    private static String meaning(Statement statement) {
        if (statement.foreign() != null) {
            return head(statement) + " {" + statement.foreign().strip() + "}";
        }
        if (statement.block() == null) {
            return head(statement) + ";";
        }
        String inside = statement.block().stream().map(Comparison::meaning).collect(Collectors.joining(" "));
        return head(statement) + " { " + inside + (inside.isEmpty() ? "}" : " }");
    }

    private static String quoted(Word word) {
        return Emitter.quoteText(word.text());
    }
}
