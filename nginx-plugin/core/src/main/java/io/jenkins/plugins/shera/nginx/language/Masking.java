package io.jenkins.plugins.shera.nginx.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes values out of a file that only its machine may know, before anybody reads it. */
public final class Masking {
    /** What stands in place of a value. */
    public static final String MASK = "\"(masked)\"";

    private static final Pattern SECRET = Pattern.compile(
            "authorization|secret|token|passw|api[-_]?key|credential|cookie|session|private[-_]?key",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> PLACES = Set.of("location", "server_name", "upstream", "listen", "proxy_pass");

    private Masking() {}

    /** The same file; what follows a word that tells of a secret is masked, and so is every value of such a map. */
    public static SourceFile mask(SourceFile file) {
        return new SourceFile(file.path(), all(file.statements(), false), file.trailing());
    }

    private static List<Statement> all(List<Statement> statements, boolean entries) {
        List<Statement> masked = new ArrayList<>();
        statements.forEach(statement -> masked.add(one(statement, entries)));
        return masked;
    }

    private static Statement one(Statement statement, boolean entry) {
        boolean values = List.of("map", "geo", "split_clients").contains(statement.name());
        boolean told = words(statement).anyMatch(Masking::tells);
        List<Word> words = new ArrayList<>();
        boolean after = false;
        for (int i = 0; i < statement.words().size(); i++) {
            Word word = statement.words().get(i);
            boolean hide = entry ? !statement.name().equals("default") : after && !values;
            words.add(hide ? new Word(word.before(), MASK, MASK, word.line()) : word);
            after = after || i > 0 && !PLACES.contains(statement.name()) && tells(word);
        }
        List<Statement> block = statement.block() == null
                ? null
                : values && !told ? statement.block() : all(statement.block(), values && told);
        String foreign = statement.foreign() == null ? null : " # (masked) ";
        return new Statement(words, statement.beforeEnd(), block, foreign, statement.beforeClose());
    }

    private static Stream<Word> words(Statement statement) {
        return statement.words().stream().skip(1);
    }

    private static boolean tells(Word word) {
        return SECRET.matcher(word.text()).find();
    }
}
