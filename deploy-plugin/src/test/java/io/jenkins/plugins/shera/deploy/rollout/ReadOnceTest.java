package io.jenkins.plugins.shera.deploy.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.deploy.bench.ApiDouble;
import io.jenkins.plugins.shera.deploy.bench.Deployed;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Against the API double, because a real API server does not tell what it was asked. */
class ReadOnceTest {

    private static final ObjectRef SHOP = new ObjectRef(ResourceKind.DEPLOYMENT, "retail", "shop");
    private static final ObjectRef ABSENT = new ObjectRef(ResourceKind.DEPLOYMENT, "retail", "absent");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean refuses;

    private final Filter ears = new Filter() {
        @Override
        public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
            asked.add(exchange.getRequestURI().getPath());
            if (refuses) {
                exchange.sendResponseHeaders(403, -1);
                exchange.close();
                return;
            }
            chain.doFilter(exchange);
        }

        @Override
        public String description() {
            return "hears";
        }
    };

    @Test
    void asksForEachObjectOnceAlsoForOneThatIsNotThereAndRemembersNoRefusal() throws Exception {
        HttpServer server = ApiDouble.start(ears);
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        Deployed.at(address, "retail", "shop", 1);
        try (ClusterClient client = ClusterClient.open(
                ClusterAccess.at(address).declaredInsecure(true).done(), TimeLimits.INTERACTIVE)) {
            KubeApi once = ReadOnce.of(client.api());
            refuses = true;
            assertThatThrownBy(() -> once.find(SHOP)).isInstanceOf(KubeException.class);
            refuses = false;
            asked.clear();
            assertThat(once.find(SHOP)).isPresent();
            assertThat(once.find(SHOP)).isPresent();
            assertThat(once.find(ABSENT)).isEmpty();
            assertThat(once.find(ABSENT)).isEmpty();
            assertThat(asked).containsExactly(SHOP.path(), ABSENT.path());
        } finally {
            server.stop(0);
        }
    }
}
