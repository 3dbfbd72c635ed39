package io.jenkins.plugins.shera.nginx.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.shera.nginx.figures.NodeFigures;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real nginx logged, by host and upstream. */
class FigureReaderTest {
    @TempDir
    Path folder;

    @Test
    void tellsErrorsOfEachHostAndUpstream() throws Exception {
        try (RealNginx nginx = RealNginx.startLogging(folder)) {
            NginxNode node = new NginxNode(nginx.installation());
            RouteOwner owner = RouteOwner.of("retail", "shop", "dev");
            node.publish(Route.of(owner, "shop.example.com", nginx.port(), "/", List.of(Member.of("127.0.0.1", 1, 1))));
            node.replaceSite(Map.of(
                    "erp.conf",
                    "upstream erp { server 127.0.0.1:2; }\nserver { listen " + nginx.port()
                            + "; server_name erp.example.com; location / { return 200 'erp'; }"
                            + " location /old { proxy_pass http://erp; } }\n"));
            long since = System.currentTimeMillis();
            nginx.ask("shop.example.com", "/");
            nginx.ask("erp.example.com", "/");
            nginx.ask("erp.example.com", "/old");
            nginx.ask("invented.example.com", "/");

            NodeFigures figures =
                    new FigureReader(nginx.installation(), nginx.requestLog()).read(since, Long.MAX_VALUE);

            assertThat(figures.rows())
                    .extracting(
                            NodeFigures.Row::host,
                            NodeFigures.Row::tenant,
                            NodeFigures.Row::upstream,
                            row -> row.tally().ofClass(2),
                            row -> row.tally().ofClass(4),
                            row -> row.tally().ofClass(5))
                    .containsExactly(
                            tuple("", "", "", 0L, 1L, 0L),
                            tuple("erp.example.com", "", "", 1L, 0L, 0L),
                            tuple("erp.example.com", "", "erp", 0L, 0L, 1L),
                            tuple("shop.example.com", "retail", "shera.retail.shop.dev", 0L, 0L, 1L));
            assertThat(figures.of("bank").rows()).isEmpty();
        }
    }
}
