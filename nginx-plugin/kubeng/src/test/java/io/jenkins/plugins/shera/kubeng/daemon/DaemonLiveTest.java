package io.jenkins.plugins.shera.kubeng.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.RouteBalance;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real API server, and a real nginx with its Lua module: pods come and go, and nobody reloads. */
@Tag("cluster")
@Tag("slow")
class DaemonLiveTest extends DaemonRig {
    @Override
    RealNginx nginx() throws Exception {
        return RealNginx.startLua(folder);
    }

    @Test
    void podsComeAndGoInTheSameWorkersAndNoRequestFails() throws Exception {
        withKubernetes();
        Daemon daemon = start();
        endpoints(ownAddress(), backend("pod 0"));
        send(Intent.ofRoutes("edge", 1, List.of(pods("shop"))));
        soon().until(() -> ask("shop.example.com").equals("pod 0"));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).generation() == 1);
        soon().until(() -> daemon.following().live() == 1);
        assertThat(daemon.following().reason()).isEmpty();
        long reloads = daemon.state(Intent.Kind.ROUTES).reloads();
        long addresses = daemon.state(Intent.Kind.ROUTES).endpoints();
        soon().until(() -> nginx.workers().size() == 2);
        Set<Long> workers = nginx.workers();

        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        CompletableFuture<Void> client = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                try {
                    String said = ask("shop.example.com");
                    (said.startsWith("pod ") ? answered : failed).incrementAndGet();
                } catch (Exception e) {
                    failed.incrementAndGet();
                }
            }
        });
        for (int i = 1; i <= 5; i++) {
            String pod = "pod " + i;
            endpoints(ownAddress(), backend(pod));
            soon().until(() -> ask("shop.example.com").equals(pod));
        }
        endpoints(ownAddress());
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).endpoints() == addresses + 5);
        over.set(true);
        client.join();

        assertThat(failed).hasValue(0);
        assertThat(answered.get()).isPositive();
        assertThat(nginx.workers()).isEqualTo(workers);
        assertThat(daemon.state(Intent.Kind.ROUTES).reloads()).isEqualTo(reloads);
        assertThat(ask("shop.example.com"))
                .as("an empty answer empties nothing")
                .isEqualTo("pod 5");
        assertThat(new NginxNode(nginx.installation()).drift().changes()).isEmpty();

        nginx.close();
        nginx.again();
        assertThat(ask("shop.example.com"))
                .as("nginx begins with the pods of now")
                .isEqualTo("pod 5");
    }

    @Test
    void whatNginxItselfBalancesFollowsWithReloadsAndSaysWhy() throws Exception {
        withKubernetes();
        Daemon daemon = start();
        endpoints(ownAddress(), backend("one"));
        IntendedRoute balanced =
                pods("shop").ruled(RouteRules.NONE.balanced(RouteBalance.of("least_conn", null, 0, 0)));
        send(Intent.ofRoutes("edge", 1, List.of(balanced)));
        soon().until(() -> ask("shop.example.com").equals("one"));
        soon().until(() -> !daemon.following().reloading().isEmpty());
        assertThat(daemon.following().reloading())
                .containsExactly(balanced.owner().id() + ": nginx itself balances by least_conn");
        assertThat(daemon.following().live()).isZero();
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).generation() == 1);
        long reloads = daemon.state(Intent.Kind.ROUTES).reloads();

        endpoints(ownAddress(), backend("two"));

        soon().until(() -> ask("shop.example.com").equals("two"));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).reloads() == reloads + 1);
    }

    @Test
    void aRefusedDocumentStaysAsideWhileAddressesGoOn() throws Exception {
        withKubernetes();
        Daemon daemon = start();
        endpoints(ownAddress(), backend("one"));
        send(Intent.ofRoutes("edge", 1, List.of(pods("shop"))));
        soon().until(() -> ask("shop.example.com").equals("one"));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).generation() == 1);
        Path main = nginx.installation().mainConfig();
        Files.writeString(
                main, Files.readString(main).replace("client_body_temp_path", "no_such on; client_body_temp_path"));
        send(Intent.ofRoutes("edge", 2, List.of(pods("shop"), pods("cart"))));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).refused() == 2);

        endpoints(ownAddress(), backend("two"));

        soon().until(() -> ask("shop.example.com").equals("two"));
        assertThat(daemon.state(Intent.Kind.ROUTES).generation()).isEqualTo(1);
    }

    private IntendedRoute pods(String application) throws Exception {
        return route(application, nginx.port(), Target.pods("kube", namespace, "shop", 80));
    }
}
