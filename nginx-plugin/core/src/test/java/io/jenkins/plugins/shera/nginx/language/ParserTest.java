package io.jenkins.plugins.shera.nginx.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
    @Test
    void keepsEveryLetter() throws Exception {
        String text = "# head\r\n\nuser  www ; # why\n http{\n\tserver { listen 80 ; }#x\n  # last\n}\n# end";

        SourceFile file = Parser.parse("nginx.conf", text);

        assertThat(file.text()).isEqualTo(text);
        assertThat(file.statements()).extracting(Statement::name).containsExactly("user", "http");
        assertThat(file.statements().get(1).block().get(0).line()).isEqualTo(5);
    }

    @Test
    void readsWordsAsNginxDoes() throws Exception {
        Statement read = first("x a\"b c\\ d 'e \"f' \"g\\\"\\\\\\n\" ${h}i \"\" j#k l}m;");

        assertThat(read.arguments()).containsExactly("a\"b", "c\\ d", "e \"f", "g\"\\\n", "${h}i", "", "j#k", "l}m");
    }

    @Test
    void takesALuaBlockAsItIs() throws Exception {
        String lua = "\n  local t = { '}', \"\\\"}\" } -- }\n  --[[ } ]] ngx.say([==[ } ]==])\n";
        String text = "location / { content_by_lua_block {" + lua + "} return 204; }";

        SourceFile file = Parser.parse("x", text);

        List<Statement> inner = file.statements().get(0).block();
        assertThat(inner.get(0).foreign()).isEqualTo(lua);
        assertThat(inner.get(1).line()).isEqualTo(4);
        assertThat(file.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            'a b'                | 'unexpected end of file, expecting ";" or "}" in x:1'
            'http {'             | 'unexpected end of file, expecting "}" for the block opened here in x:1'
            '}'                  | 'unexpected "}": no block is open in x:1'
            'a { b }'            | 'unexpected "}": the directive "b" is not ended by ";" in x:1'
            ';'                  | 'unexpected ";": a directive must begin with its name in x:1'
            'a "b"c;'            | 'unexpected "c" right after a closing quote: put a space between them, in x:1'
            'a "b;'              | 'unexpected end of file: the quote " opened here is never closed in x:1'
            'x_by_lua_block { {}'| 'unexpected end of file, expecting "}" for the block opened here in x:1'
            """)
    void saysWhatIsWrongAndWhere(String text, String message) {
        assertThatThrownBy(() -> Parser.parse("x", text))
                .isInstanceOf(SyntaxException.class)
                .hasMessage(message);
    }

    @Test
    void refusesWhatWouldUseUpTheStack() {
        assertThatThrownBy(() -> Parser.parse("x", "a {".repeat(100_000)))
                .hasMessageStartingWith("blocks stand more than 100 deep");
        assertThatThrownBy(() -> Parser.parse("x", "a " + "b".repeat(4096) + ";"))
                .hasMessageStartingWith("a word of 4096 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a;b{c}", "# d", "e\\", "\\n", "'", "", " ", "f\tg", "h\\\"i", "j}", ")k"})
    void readsBackWhateverTheEmitterWrites(String value) throws Exception {
        String written = "x " + Emitter.quoteText(value) + ";";

        assertThat(first(written).arguments()).containsExactly(value);
    }

    private static Statement first(String text) throws SyntaxException {
        return Parser.parse("x", text).statements().get(0);
    }
}
