package io.jenkins.plugins.shera.monitoring.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExprTest {

    @Test
    void writesWhatPrometheusReads() {
        Expr rate = Expr.call("rate", new Expr.Range(Expr.series("m", Matcher.equal("a", "b")), Duration.ofMinutes(2)));
        Expr sum = new Expr.Aggregate("sum", List.of("namespace", "pod"), rate);
        Expr over = new Expr.Binary(new Expr.Binary(sum, "/", sum), ">", new Expr.Number(3e8));

        assertThat(over.text())
                .isEqualTo("(sum by (namespace, pod) (rate(m{a=\"b\"}[2m])) / sum by (namespace, pod) "
                        + "(rate(m{a=\"b\"}[2m]))) > 300000000");
    }

    @Test
    void keepsHostileTextInsideItsString() {
        String hostile = "x\"} or up{a=\"\\\n\0\u201c'`#";

        assertThat(Expr.series("m", Matcher.equal("a", hostile)).text())
                .isEqualTo("m{a=\"x\\\"} or up{a=\\\"\\\\\\n\\x00\u201c'`#\"}");
        assertThat(Matcher.anyOf("a", List.of("a.b|c", "d")).value()).isEqualTo("a\\.b\\|c|d");
        assertThat(Matcher.anyOf("a", List.of()).value()).isEqualTo("a^");
    }

    @Test
    void refusesNamesThatAreNone() {
        assertThatThrownBy(() -> Expr.series("up or down")).hasMessageContaining("cannot be the name of a metric");
        assertThatThrownBy(() -> Matcher.equal("a-b", "")).hasMessageContaining("cannot be the name of a label");
        assertThatThrownBy(() -> new Expr.Binary(new Expr.Number(1), "or up or", new Expr.Number(1)))
                .hasMessageContaining("no operator");
    }
}
