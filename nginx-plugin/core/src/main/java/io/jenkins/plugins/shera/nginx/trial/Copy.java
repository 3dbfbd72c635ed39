package io.jenkins.plugins.shera.nginx.trial;

import io.jenkins.plugins.shera.nginx.language.SourceFile;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A configuration with other ports, without keys and without other files; every other letter stays, so that lines are the same. */
final class Copy {
    private static final int FIRST_PORT = 20_000;

    private final Map<String, Integer> ports = new HashMap<>();

    SourceFile of(SourceFile source) {
        return new SourceFile(source.path(), all(source.statements()), source.trailing());
    }

    private List<Statement> all(List<Statement> statements) {
        List<Statement> copied = new ArrayList<>();
        for (Statement statement : statements) {
            if (isLua(statement)) {
                continue;
            }
            copied.add(isLeftOut(statement) ? nothing(statement) : one(statement));
        }
        return copied;
    }

    /** Of generated upstreams; people cannot write any. What is left of them names the same upstreams. */
    private static boolean isLua(Statement statement) {
        return statement.name().endsWith("_by_lua_block") || statement.name().startsWith("lua_");
    }

    /** No key goes in, nor a file that is not on trial. */
    private static boolean isLeftOut(Statement statement) {
        String name = statement.name();
        return name.startsWith("ssl_") || name.equals("http2") || name.equals("include");
    }

    private Statement one(Statement statement) {
        List<Statement> block = statement.block() == null ? null : all(statement.block());
        List<Word> words = statement.name().equals("listen") ? listen(statement.words()) : statement.words();
        return new Statement(words, statement.beforeEnd(), block, statement.foreign(), statement.beforeClose());
    }

    /** In its place stands what may stand there, more than once, and does nothing to a test, over as many lines. */
    private static Statement nothing(Statement statement) {
        Word first = statement.words().get(0);
        long lines = new SourceFile("", List.of(statement), "")
                        .text()
                        .chars()
                        .filter(letter -> letter == '\n')
                        .count()
                - first.before().chars().filter(letter -> letter == '\n').count();
        return new Statement(
                List.of(
                        new Word(first.before(), "add_header", "add_header", first.line()),
                        new Word("\n".repeat((int) lines) + " ", "X-Trial", "X-Trial", first.line()),
                        new Word(" ", "1", "1", first.line())),
                "",
                null,
                null,
                "");
    }

    private List<Word> listen(List<Word> words) {
        List<Word> kept = new ArrayList<>(words.subList(0, 1));
        for (Word word : words.subList(1, words.size())) {
            if (kept.size() == 1) {
                int port = ports.computeIfAbsent(word.text(), text -> FIRST_PORT + ports.size());
                String listen = isPort(word.text()) ? "0.0.0.0:" + port : word.text();
                kept.add(new Word(word.before(), listen, listen, word.line()));
            } else if (!word.text().equals("ssl") && !word.text().equals("http2")) {
                kept.add(word);
            }
        }
        return kept;
    }

    /** What is no port at all stays as it is, to be refused. */
    private static boolean isPort(String text) {
        return text.matches("(.*:)?[0-9]{1,5}") && Integer.parseInt(text.replaceFirst("^.*:", "")) <= 65535;
    }
}
