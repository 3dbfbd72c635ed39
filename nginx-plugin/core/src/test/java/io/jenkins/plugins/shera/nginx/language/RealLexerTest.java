package io.jenkins.plugins.shera.nginx.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nodes.Command;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge is the real {@code nginx -t}: what it calls the first directive, or why it cannot read it. */
class RealLexerTest {
    private static final Pattern NAME = Pattern.compile("unknown directive \"(.*)\" in [^\n]*:\\d+\n", Pattern.DOTALL);
    private static final String[] PIECES = {
        "a", "bc", "\"", "'", "\\", "{", "}", ";", "$", "${", "#", " ", "\n", "\t", ")", "\\\"", "\\n", "\r\n", "zz"
    };

    @TempDir
    Path folder;

    @Test
    void readsAnyHeapOfSignsAsNginxDoes() throws Exception {
        Random random = new Random(20240607);
        for (int i = 0; i < 400; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            String config = text.append(random.nextBoolean() ? ";\n" : "\n").toString();

            String said = judge(config);

            Matcher unknown = NAME.matcher(said);
            assertThat(firstName(config)).as(config + said).isEqualTo(unknown.find() ? unknown.group(1) : null);
        }
    }

    @Test
    void readsWhatNginxAcceptsAndGivesItBackUnchanged() throws Exception {
        for (String each : Corpus.accepted()) {
            String config = each.replace("@", folder.toString());
            assertThat(judge(config)).as(config).contains("syntax is ok").contains("test is successful");
            SourceFile read = Parser.parse("nginx.conf", config);
            assertThat(read.text()).isEqualTo(config);
            assertThat(Comparison.between(read, Parser.parse("again", rewritten(read))))
                    .isEmpty();
            assertThat(judge(rewritten(read))).as(rewritten(read)).contains("test is successful");
        }
    }

    @Test
    void readsEveryFileThatComesWithNginx() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("/etc/nginx"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*(koi|win).*"))
                    .toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(Parser.parse(file.toString(), text).text()).isEqualTo(text);
            }
        }
    }

    /** The same statements in the emitter's own layout and quoting. */
    private static String rewritten(SourceFile file) {
        StringBuilder out = new StringBuilder();
        file.statements().forEach(statement -> rewrite(statement, out));
        return out.toString();
    }

    private static void rewrite(Statement statement, StringBuilder out) {
        statement.words().forEach(word -> out.append(Emitter.quoteText(word.text()))
                .append(' '));
        if (statement.block() == null) {
            out.append(";\n");
            return;
        }
        out.append("{\n");
        statement.block().forEach(inner -> rewrite(inner, out));
        out.append("}\n");
    }

    private static String firstName(String config) {
        Lexer lexer = new Lexer("x", config);
        String name = null;
        try {
            while (true) {
                Lexer.Token token = lexer.next();
                switch (token.sign()) {
                    case WORD -> name = name == null ? token.word().text() : name;
                    case SEMICOLON, OPEN -> {
                        return name;
                    }
                    default -> {
                        return null;
                    }
                }
            }
        } catch (SyntaxException e) {
            return null;
        }
    }

    private String judge(String config) throws Exception {
        Path file = folder.resolve("nginx.conf");
        Files.writeString(file, config);
        List<String> argv = List.of(
                RealNginx.binary().toString(), "-t", "-e", "stderr", "-c", file.toString(), "-p", folder.toString());
        return Command.run(argv, folder, Duration.ofSeconds(20)).output();
    }
}
