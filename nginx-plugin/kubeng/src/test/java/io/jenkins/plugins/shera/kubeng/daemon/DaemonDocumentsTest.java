package io.jenkins.plugins.shera.kubeng.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Documents that nginx refuses, and weights whose lease is over. */
@Tag("cluster")
@Tag("slow")
class DaemonDocumentsTest extends DaemonRig {
    @Test
    void aDocumentThatNginxRefusesStaysAsideAndAddressesGoOnInTheOldOne() throws Exception {
        withKubernetes();
        int taken;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            taken = free.getLocalPort();
        }
        Path main = nginx.installation().mainConfig();
        String own = "server { listen " + taken + " default_server; return 204; }\n    include";
        Files.writeString(main, Files.readString(main).replaceFirst("include", own));
        Daemon daemon = start();
        endpoints(ownAddress(), backend("one"));
        Target pods = Target.pods("kube", namespace, "shop", 80);
        send(Intent.ofRoutes("edge", 1, List.of(route("shop", nginx.port(), pods))));
        soon().until(() -> ask("shop.example.com").equals("one"));
        send(Intent.ofRoutes("edge", 2, List.of(route("shop", nginx.port(), pods), route("bad", taken, pods))));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).error().contains("duplicate default server"));
        endpoints(ownAddress(), backend("two"));
        soon().until(() -> ask("shop.example.com").equals("two"));
        assertThat(daemon.state(Intent.Kind.ROUTES).generation()).isEqualTo(1);
        assertThat(daemon.state(Intent.Kind.ROUTES).error()).contains("Generation 2 is not in force");
        IntendedWeight all = new IntendedWeight(
                RouteOwner.of("retail", "shop", "dev"), 100, List.of(), List.of(at(backend("canary"))), "r", 1, 0);
        send(Intent.ofWeights("edge", 1, List.of(all)));
        soon().until(() -> ask("shop.example.com").equals("canary"));
        send(Intent.ofRoutes("edge", 3, List.of(route("shop", nginx.port(), pods))));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).generation() == 3);
        assertThat(daemon.state(Intent.Kind.ROUTES).error()).isEmpty();
    }

    @Test
    void aWeightFallsBackToNothingWhenItsLeaseIsOverAndReturnsWhenJenkinsDoes() throws Exception {
        Daemon daemon = start();
        send(Intent.ofRoutes("edge", 1, List.of(route("shop", nginx.port(), at(backend("stable"))))));
        IntendedWeight leased = new IntendedWeight(
                RouteOwner.of("retail", "shop", "dev"), 100, List.of(), List.of(at(backend("canary"))), "r", 1, 3600);
        send(Intent.ofWeights("edge", 1, List.of(leased)));
        soon().until(() -> ask("shop.example.com").equals("canary"));
        Files.setLastModifiedTime(
                document(Intent.Kind.WEIGHTS), FileTime.from(Instant.now().minusSeconds(7200)));
        soon().until(() -> ask("shop.example.com").equals("stable"));
        soon().until(() -> daemon.state(Intent.Kind.WEIGHTS).leftOut().size() == 1);
        Files.setLastModifiedTime(document(Intent.Kind.WEIGHTS), FileTime.from(Instant.now()));
        soon().until(() -> ask("shop.example.com").equals("canary"));
    }
}
