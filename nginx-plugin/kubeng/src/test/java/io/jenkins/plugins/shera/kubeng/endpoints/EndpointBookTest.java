package io.jenkins.plugins.shera.kubeng.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointBookTest {
    @TempDir
    private Path folder;

    private final AtomicReference<List<Member>> answer = new AtomicReference<>(List.of());
    private final List<Target> shop = List.of(Target.pods("kube", "retail", "shop", 80));

    private EndpointBook book() {
        return new EndpointBook(folder.resolve("endpoints.json"), target -> answer.get());
    }

    @Test
    void anEmptyAnswerKeepsTheLastKnownMembersAlsoAfterARestart() throws Exception {
        EndpointBook book = book();
        assertThat(book.members(shop)).isEmpty();
        answer.set(List.of(Member.of("10.0.0.1", 8080, 1), Member.of("fd00::1", 8080, 1)));
        assertThat(book.members(shop)).hasSize(2);
        assertThat(book.generation()).isEqualTo(1);
        answer.set(List.of());
        assertThat(book.members(shop)).extracting(Member::address).containsExactly("10.0.0.1", "fd00::1");
        assertThat(book().members(shop))
                .extracting(Member::authority)
                .containsExactly("10.0.0.1:8080", "[fd00::1]:8080");
        assertThat(book().generation()).isEqualTo(1);
        EndpointBook broken = new EndpointBook(folder.resolve("endpoints.json"), target -> {
            throw new IllegalStateException("the answer could not be read");
        });
        assertThat(broken.members(shop)).hasSize(2);
    }

    @Test
    void aNameIsAskedByTheDaemonAndATargetThatIsNoneIsRefused() throws Exception {
        try (Clusters clusters = new Clusters(java.util.Map.of(), () -> {})) {
            assertThat(clusters.find(Target.named("localhost", 8080, 3))).contains(Member.of("127.0.0.1", 8080, 3));
            assertThat(clusters.find(Target.named("no-such-host.invalid", 80, 1)))
                    .isEmpty();
            assertThatThrownBy(() -> clusters.find(shop.get(0)))
                    .isInstanceOf(InvalidRouteException.class)
                    .hasMessageContaining("kubernetes.kube=FILE");
        }
        assertThatThrownBy(() -> book().members(List.of(Target.named("a;b", 80, 1))))
                .hasMessageContaining("not a DNS name");
    }
}
