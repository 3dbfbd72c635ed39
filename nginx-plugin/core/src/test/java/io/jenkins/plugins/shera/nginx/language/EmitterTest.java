package io.jenkins.plugins.shera.nginx.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EmitterTest {
    @Test
    void quotesWhatTheLexerWouldSplit() {
        String text = Emitter.emit(List.of(Directive.of("add_header", "X-Note", "a {b}; \"c\" \\ # d", "")));
        assertThat(text).isEqualTo("add_header X-Note \"a {b}; \\\"c\\\" \\\\ # d\" \"\";\n");
    }

    @Test
    void indentsBlocks() {
        String text = Emitter.emit(List.of(Directive.block(
                "server",
                List.of(),
                List.of(Directive.block("location", List.of("/a;b"), List.of(Directive.of("return", "204")))))));
        assertThat(text).isEqualTo("server {\n    location \"/a;b\" {\n        return 204;\n    }\n}\n");
    }

    @Test
    void writesVariablesOnlyFromExpressions() {
        assertThat(Emitter.emit(List.of(Directive.withExpression("proxy_set_header", List.of("Host"), "$host"))))
                .isEqualTo("proxy_set_header Host $host;\n");
        assertThatThrownBy(() -> Directive.of("return", "200", "${host}"))
                .hasMessage("'${host}' holds a dollar sign, which nginx would take for a variable; leave it out");
    }

    @Test
    void refusesControlCharactersWhereverTheyStand() {
        assertThatThrownBy(() -> Argument.literal("a\nb"))
                .hasMessage("an argument holds the control character U+000A at position 2; leave it out");
        assertThatThrownBy(() -> Argument.expression("$a\0")).hasMessageContaining("U+0000 at position 3");
    }
}
