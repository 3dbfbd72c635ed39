package io.jenkins.plugins.shera.nginx.render;

import io.jenkins.plugins.shera.nginx.language.Parser;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.SyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Texts that somebody would write who wants more than a field gives, and what became of a file. */
public final class HostileText {
    private static final String[] PIECES = {
        "\"",
        "'",
        "{",
        "}",
        ";",
        "\n",
        "\r",
        "\0",
        "#",
        "\\",
        "$",
        "${host}",
        " ",
        "a",
        "/",
        ".",
        "-",
        "~",
        "*",
        "%0a",
        "include /etc/passwd;",
        "\\\"",
        "\\n",
        "\u2028",
        "\ud83d\ude00",
        "location",
        "+",
        ":",
        "@",
        "=",
        "(",
        ")",
        "&",
        "!"
    };

    private HostileText() {}

    /** One of them. */
    public static String make(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(6); n >= 0; n--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return random.nextInt(200) == 0 ? text.toString().repeat(20_000) : text.toString();
    }

    /** Every directive as its words, blocks opened out, the version of the file left aside. */
    public static List<List<String>> words(Map<String, byte[]> files) throws SyntaxException {
        List<List<String>> words = new ArrayList<>();
        for (Statement statement : Parser.parse("f", new String(files.get("f"), StandardCharsets.UTF_8))
                .statements()) {
            add(statement, words);
        }
        return words;
    }

    private static void add(Statement statement, List<List<String>> words) {
        List<String> own = new ArrayList<>(List.of(statement.name()));
        own.addAll(statement.arguments());
        words.add(own);
        if (statement.block() != null) {
            statement.block().forEach(inner -> add(inner, words));
            words.add(List.of("}"));
        }
    }
}
