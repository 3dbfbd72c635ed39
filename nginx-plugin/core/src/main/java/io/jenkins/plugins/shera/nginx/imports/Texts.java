package io.jenkins.plugins.shera.nginx.imports;

import io.jenkins.plugins.shera.nginx.language.Masking;
import io.jenkins.plugins.shera.nginx.language.SourceFile;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Letters of statements, with care for the comments of people. */
final class Texts {
    private Texts() {}

    /** Every comment within, one a line; empty where there is none. */
    static String comments(Statement statement) {
        StringBuilder comments = new StringBuilder();
        collect(statement, comments);
        return comments.toString();
    }

    private static void collect(Statement statement, StringBuilder into) {
        statement.words().forEach(word -> lines(word.before(), into));
        lines(statement.beforeEnd(), into);
        if (statement.block() != null) {
            statement.block().forEach(inner -> collect(inner, into));
        }
        lines(statement.beforeClose(), into);
    }

    /** White space and comments, of which the comments are kept. */
    static void lines(String between, StringBuilder into) {
        between.lines().map(String::strip).filter(line -> line.startsWith("#")).forEach(line -> into.append(line)
                .append('\n'));
    }

    /** The same without those statements, whose comments stay before what comes next. */
    static Statement without(Statement statement, Predicate<Statement> unwanted) {
        if (statement.block() == null) {
            return statement;
        }
        List<Statement> kept = new ArrayList<>();
        StringBuilder orphans = new StringBuilder();
        for (Statement inner : statement.block()) {
            if (unwanted.test(inner)) {
                orphans.append(indented(comments(inner)));
            } else {
                kept.add(before(without(inner, unwanted), orphans.toString()));
                orphans.setLength(0);
            }
        }
        return new Statement(
                statement.words(),
                statement.beforeEnd(),
                kept,
                statement.foreign(),
                orphans + (orphans.length() > 0 ? "\n" : "") + statement.beforeClose());
    }

    private static String indented(String comments) {
        StringBuilder text = new StringBuilder();
        comments.lines().forEach(line -> text.append("\n    ").append(line));
        return text.toString();
    }

    private static Statement before(Statement statement, String comments) {
        if (comments.isEmpty()) {
            return statement;
        }
        List<Word> words = new ArrayList<>(statement.words());
        Word first = words.get(0);
        String before = first.before().startsWith("\n") ? first.before() : "\n" + first.before();
        words.set(0, new Word(comments + before, first.raw(), first.text(), first.line()));
        return new Statement(
                words, statement.beforeEnd(), statement.block(), statement.foreign(), statement.beforeClose());
    }

    /** The same with the words of every such statement changed. */
    static Statement changed(Statement statement, Predicate<Statement> which, UnaryOperator<List<Word>> change) {
        List<Statement> block = statement.block() == null
                ? null
                : statement.block().stream()
                        .map(inner -> changed(inner, which, change))
                        .toList();
        return new Statement(
                which.test(statement) ? change.apply(statement.words()) : statement.words(),
                statement.beforeEnd(),
                block,
                statement.foreign(),
                statement.beforeClose());
    }

    /** Whether something in it may be a secret, which nobody is shown. */
    static boolean tellsSecrets(Statement statement) {
        SourceFile file = new SourceFile("", List.of(statement), "");
        return !Masking.mask(file).text().equals(file.text());
    }

    /** With what may be a secret masked. */
    static String shown(List<Statement> statements, String trailing) {
        return Masking.mask(new SourceFile("", statements, trailing)).text();
    }
}
