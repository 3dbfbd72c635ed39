package io.jenkins.plugins.shera.nginx.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.Stream;
import io.jenkins.plugins.shera.nginx.model.StreamSet;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import io.jenkins.plugins.shera.nginx.reach.Unreached.Why;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections to real ports of this machine. */
class ReachTest {
    private static final RouteOwner SHOP = owner();

    private static RouteOwner owner() {
        try {
            return RouteOwner.of("retail", "shop", "dev");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void tellsWhoListensAndWhoDoesNotAndLeavesUdpAlone() throws Exception {
        int closed = closedPort();
        try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Member> both =
                    List.of(Member.of("127.0.0.1", open.getLocalPort(), 1), Member.of("127.0.0.1", closed, 1));
            List<Member> datagrams = List.of(Member.of("127.0.0.2", closed, 1));
            NamedMembers named = new NamedMembers(
                    RouteSet.of(List.of(Route.of(SHOP, "shop.example.com", 80, "/", both))),
                    WeightSet.of(List.of()),
                    StreamSet.of(List.of(new Stream(SHOP, 53, true, datagrams, 0, 0, List.of(), List.of()))));

            assertThat(named.of(Reach.unreached(named.members())))
                    .containsExactly(new Unreached("retail.shop.dev", "127.0.0.1:" + closed, Why.REFUSED));
        }
    }

    /** Whoever does not answer: an address that is no way to anybody is told as one or the other by the machine's routes. */
    @Test
    void endsWhateverIsNamedAndTriesNoMoreThanItsBound() throws Exception {
        List<Member> many = new ArrayList<>();
        for (int i = 0; i < Reach.MOST + 100; i++) {
            many.add(Member.of("127.0.1." + (i % 250), 1 + i / 250, 1));
        }
        many.add(new Member(":::::", 1, 1));

        assertThat(Reach.unreached(many)).hasSize(Reach.MOST);
        assertThat(Reach.unreached(List.of(new Member(":::::", 1, 1)))).containsValue(Why.NO_WAY);
        assertThat(Reach.unreached(List.of(Member.of("192.0.2.1", 9, 1)))).hasSizeLessThan(2);
    }
}
