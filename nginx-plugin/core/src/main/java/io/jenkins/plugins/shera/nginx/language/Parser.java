package io.jenkins.plugins.shera.nginx.language;

import java.util.ArrayList;
import java.util.List;

/** Reads a configuration file into statements, as {@code ngx_conf_parse} does, and keeps every letter. */
public final class Parser {
    /** Far more than any real file; keeps a hostile one from using up the stack. */
    private static final int DEEPEST = 100;

    private final Lexer lexer;

    private Parser(Lexer lexer) {
        this.lexer = lexer;
    }

    /**
     * The whole file.
     *
     * @param path named in errors
     */
    public static SourceFile parse(String path, String text) throws SyntaxException {
        Parser parser = new Parser(new Lexer(path, text));
        List<Statement> statements = new ArrayList<>();
        Lexer.Token end = parser.statements(statements, 0, 1);
        return new SourceFile(path, statements, end.before());
    }

    /** Adds statements until the block or the file ends, and gives the sign that ended it. */
    private Lexer.Token statements(List<Statement> into, int depth, int opened) throws SyntaxException {
        if (depth > DEEPEST) {
            throw lexer.error("blocks stand more than " + DEEPEST + " deep within each other", opened);
        }
        while (true) {
            Lexer.Token token = lexer.next();
            switch (token.sign()) {
                case WORD -> into.add(statement(token, depth));
                case CLOSE -> {
                    if (depth == 0) {
                        throw lexer.error("unexpected \"}\": no block is open", token.line());
                    }
                    return token;
                }
                case END -> {
                    if (depth > 0) {
                        throw lexer.error("unexpected end of file, expecting \"}\" for the block opened here", opened);
                    }
                    return token;
                }
                default ->
                    throw lexer.error(
                            "unexpected \"" + (token.sign() == Lexer.Sign.OPEN ? "{" : ";")
                                    + "\": a directive must begin with its name",
                            token.line());
            }
        }
    }

    private Statement statement(Lexer.Token first, int depth) throws SyntaxException {
        List<Word> words = new ArrayList<>(List.of(first.word()));
        while (true) {
            Lexer.Token token = lexer.next();
            switch (token.sign()) {
                case WORD -> words.add(token.word());
                case SEMICOLON -> {
                    return new Statement(words, token.before(), null, null, "");
                }
                case OPEN -> {
                    return block(words, token, depth);
                }
                case CLOSE ->
                    throw lexer.error(
                            "unexpected \"}\": the directive \"" + first.word().text() + "\" is not ended by \";\"",
                            token.line());
                case END ->
                    throw lexer.error(
                            "unexpected end of file: the directive \""
                                    + first.word().text() + "\" is not ended by \";\"",
                            first.line());
            }
        }
    }

    private Statement block(List<Word> words, Lexer.Token open, int depth) throws SyntaxException {
        if (words.get(0).text().endsWith("_by_lua_block")) {
            return new Statement(words, open.before(), null, lexer.foreignBlock(open.line()), "");
        }
        List<Statement> inner = new ArrayList<>();
        Lexer.Token close = statements(inner, depth + 1, open.line());
        return new Statement(words, open.before(), inner, null, close.before());
    }
}
