package io.jenkins.plugins.shera.nginx.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void seesNoDifferenceInLayoutCommentsQuotesOrTheOrderOfServers() throws Exception {
        assertThat(changes(
                        "http { server { server_name a; } server { server_name \"b\"; } }",
                        "http {\n # note\n server {\n server_name 'b' ;\n }\n server { server_name a; } }"))
                .isEmpty();
    }

    @Test
    void namesTheBlockAndTheLineThatChanged() throws Exception {
        assertThat(changes(
                        "http { server { server_name a; location / { proxy_pass http://x; } } }",
                        "http { server { server_name a; location / { proxy_pass http://y; } allow all; } }"))
                .containsExactly(
                        "http > server a > location /: proxy_pass http://x; -> proxy_pass http://y;",
                        "http > server a: + allow all;");
    }

    @Test
    void countsOneAddedMemberAsOneChange() throws Exception {
        assertThat(changes(
                        "upstream u { server 10.0.0.1; server 10.0.0.3; }",
                        "upstream u { server 10.0.0.1; server 10.0.0.2; server 10.0.0.3; }"))
                .containsExactly("upstream u: + server 10.0.0.2;");
    }

    @Test
    void seesTheOrderOfRules() throws Exception {
        assertThat(changes("allow a; deny all; allow b;", "allow b; deny all; allow a;"))
                .containsExactly("allow a; -> allow b;", "allow b; -> allow a;");
    }

    @Test
    void tellsServersOfOneNameOnTwoPortsApart() throws Exception {
        assertThat(changes(
                        "server { listen 80; server_name a; return 301 /; } server { listen 443; server_name a; }",
                        "server { listen 443; server_name a; }"))
                .containsExactly("- server { listen 80; server_name a; return 301 /; }");
    }

    private static List<String> changes(String before, String after) throws SyntaxException {
        return Comparison.between(Parser.parse("a", before), Parser.parse("b", after)).stream()
                .map(Change::toString)
                .toList();
    }
}
