package io.jenkins.plugins.shera.monitoring.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    private static String scoped(String query) {
        return Query.read(query).within(Matcher.equal("namespace", "retail")).text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "up | up{namespace=\"retail\"}",
                "up{namespace=\"bank\"} | up{namespace=\"bank\",namespace=\"retail\"}",
                "{__name__=~'.+'} | {__name__=~\".+\",namespace=\"retail\"}",
                "up{a!='', b!~`\\d`,} | up{a!=\"\",b!~\"\\\\d\",namespace=\"retail\"}",
                "rate(up[5m] offset -1h) | rate(up{namespace=\"retail\"}[5m] offset -1h)",
                "up @ end() offset 1h30m | up{namespace=\"retail\"} @ end() offset 1h30m",
                "max_over_time(rate(up[5m])[1h:]) | max_over_time(rate(up{namespace=\"retail\"}[5m])[1h:])",
                "SUM(up) By (pod,) | sum by (pod) (up{namespace=\"retail\"})",
                "a + b * c | a{namespace=\"retail\"} + (b{namespace=\"retail\"} * c{namespace=\"retail\"})",
                "-a ^ b ^ 2 | -(a{namespace=\"retail\"} ^ (b{namespace=\"retail\"} ^ 2))",
                "-a * b | (-a{namespace=\"retail\"}) * b{namespace=\"retail\"}",
                "a and on () b unless c | (a{namespace=\"retail\"} and on () b{namespace=\"retail\"}) unless c{namespace=\"retail\"}",
                "a / ignoring (x) group_left (y) b | a{namespace=\"retail\"} / ignoring (x) group_left (y) b{namespace=\"retail\"}",
                "a > bool 1 | a{namespace=\"retail\"} > bool 1",
                "a:b:c # up{}\" | a:b:c{namespace=\"retail\"}",
                "absent(up) | absent(up{namespace=\"retail\"})",
                "vector(0x1F) | vector(0x1F)",
                "vector(1.5e-3) + .5 * 2. | vector(1.5e-3) + (.5 * 2.)",
                "time() - Inf | time() - Inf",
            })
    void everySelectorAsksForTheScope(String query, String expected) {
        assertThat(scoped(query)).isEqualTo(expected);
        assertThat(Query.read(scoped(query)).text())
                .as("it reads what it wrote as the same")
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   # only a comment",
                "up;down",
                "up up",
                "up{",
                "up}",
                "up{a=\"b\"",
                "up{a=\"b}",
                "up{a=b}",
                "up{\"a\"=\"b\"}",
                "{\"up\"}",
                "up{a=\"\\q\"}",
                "up{a=\"\\xff\"}",
                "up{a=\"\\ud800\"}",
                "up{a=\u201cb\u201d}",
                "up{a==\"b\"}",
                "up{a.b=\"c\"}",
                "up\u0000",
                "up\u00a0",
                "up[5]",
                "up[5m",
                "up[5m:1m:1m]",
                "up offset",
                "up @ foo()",
                "info(up)",
                "limitk(1, up)",
                "secret(up)",
                "sum",
                "by",
                "(up",
                "up)",
                "up +",
                "5m",
                "1e",
                "0x",
                ".",
                "1.2.3",
                "1e+",
                "3down",
            })
    void refusesWhatItDoesNotUnderstand(String query) {
        assertThatThrownBy(() -> scoped(query)).as(query).isInstanceOf(QueryException.class);
    }

    @Test
    void saysWhere() {
        assertThatThrownBy(() -> scoped("sum(up) by pod"))
                .hasMessage("at 12: this does not belong here. Write '(' here.");
        assertThatThrownBy(() -> scoped("info(up)")).hasMessageContaining("no such function");
    }

    @Test
    void whatIsTooLongOrTooDeepIsRefusedQuickly() {
        for (String deep :
                new String[] {"(".repeat(4000), "-".repeat(4000), "abs(".repeat(1900), "a^".repeat(900) + "a"}) {
            assertThatThrownBy(() -> scoped(deep)).isInstanceOf(QueryException.class);
        }
        assertThatThrownBy(() -> scoped("a".repeat(9000))).hasMessageContaining("too long");
        assertThatThrownBy(() -> scoped("1,".repeat(3000))).hasMessageContaining("too many words");
        assertThatThrownBy(() -> scoped("up[" + "1s".repeat(4000) + "]")).hasMessageContaining("neither");
        assertThat(scoped("a" + "+a".repeat(900))).startsWith("((((");
    }
}
