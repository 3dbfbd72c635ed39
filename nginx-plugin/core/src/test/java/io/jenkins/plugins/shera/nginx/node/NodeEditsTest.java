package io.jenkins.plugins.shera.nginx.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.nginx.edits.Layer;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hand edits what is generated on a real nginx, and generating goes on. */
class NodeEditsTest {
    private static final String EDIT = "client_max_body_size 7m;";

    @TempDir
    Path folder;

    private RealNginx nginx;
    private NginxNode node;

    @BeforeEach
    void start() throws Exception {
        nginx = RealNginx.start(folder);
        node = new NginxNode(nginx.installation());
        publish("shop", "10.0.0.5");
    }

    @AfterEach
    void stop() throws Exception {
        if (nginx != null) {
            nginx.close();
        }
    }

    @Test
    void staysThroughChangesOfOthersAndStaysDrift() throws Exception {
        edit("server_name shop.example.com;", "server_name shop.example.com;\n    " + EDIT);

        publish("vault", "10.0.0.6");
        publish("vault", "10.0.0.7");

        assertThat(lying()).contains(EDIT, "10.0.0.7");
        NodeDrift drift = node.drift();
        assertThat(drift.served()).isTrue();
        assertThat(drift.changes()).singleElement().asString().contains("client_max_body_size");

        node.overwrite();

        assertThat(lying()).doesNotContain(EDIT).contains("10.0.0.7");
        assertThat(node.drift().isNone()).isTrue();
    }

    @Test
    void isNeverGuessedAboutWhereTheChangeWantsTheSameLines() throws Exception {
        edit("10.0.0.5", "10.0.0.50");
        String before = lying();

        assertThatThrownBy(() -> publish("shop", "10.0.0.6"))
                .isInstanceOf(Rollover.RefusedException.class)
                .hasMessageContaining("10.0.0.50")
                .hasMessageContaining("adopt");

        assertThat(lying()).isEqualTo(before);
        node.overwrite();
        publish("shop", "10.0.0.6");
        assertThat(node.drift().isNone()).isTrue();
    }

    @Test
    void belongsToWhatIsIntendedOnceAdopted() throws Exception {
        edit("server_name shop.example.com;", "server_name shop.example.com;\n    " + EDIT);
        String generated = RouteFiles.generated(node.routes(), "");

        Layer before = node.adopt(generated, lying());

        assertThat(before).isEqualTo(new Layer(generated, generated));
        assertThat(node.drift().isNone()).isTrue();
        publish("vault", "10.0.0.6");
        node.overwrite();
        assertThat(lying()).contains(EDIT, "10.0.0.6");
        assertThat(node.drift().isNone()).isTrue();
        NodeReading read = new NodeReader(nginx.installation()).read(null);
        assertThat(read.intended().get("routes.conf")).contains(EDIT);
        assertThat(read.generated().get("routes.conf")).doesNotContain(EDIT);

        String now = RouteFiles.generated(node.routes(), "");
        node.adopt(now, now);
        assertThat(lying()).isEqualTo(now);
        assertThat(node.drift().isNone()).isTrue();
    }

    @Test
    void goesWithTheRouteItBelongsTo() throws Exception {
        publish("vault", "10.0.0.6");
        edit("server_name vault.example.com;", "server_name vault.example.com;\n    " + EDIT);
        node.adopt(RouteFiles.generated(node.routes(), ""), lying());

        assertThatThrownBy(() -> node.remove(RouteOwner.of("retail", "vault", "prod")))
                .isInstanceOf(Rollover.RefusedException.class)
                .hasMessageContaining(EDIT);
        String now = RouteFiles.generated(node.routes(), "");
        node.adopt(now, now);
        node.remove(RouteOwner.of("retail", "vault", "prod"));

        assertThat(lying()).doesNotContain(EDIT, "vault");
    }

    @Test
    void isRefusedWithTheReasonWhereItIsNoConfiguration() throws Exception {
        edit("server_name shop.example.com;", "server_name shop.example.com;\n    no_such_directive on;");

        assertThatThrownBy(() -> publish("vault", "10.0.0.6"))
                .hasMessageContaining("no_such_directive")
                .hasMessageContaining("overwriting the node takes it away");

        node.overwrite();
        publish("vault", "10.0.0.6");
        assertThat(node.drift().isNone()).isTrue();
    }

    @Test
    void isAdoptedFromANodeWhoseRoutesDifferElsewhere() throws Exception {
        String other = RouteFiles.generated(node.routes(), "").replace("10.0.0.5", "10.0.0.77");

        node.adopt(other, other.replace("server_name shop", EDIT + "\n    server_name shop"));

        assertThat(lying()).contains(EDIT, "10.0.0.5:80");
        assertThat(node.drift().isNone()).isTrue();
    }

    @Test
    void isNotAdoptedWhereItDoesNotFit() throws Exception {
        String other = RouteFiles.generated(node.routes(), "").replace("10.0.0.5", "10.0.0.77");
        String before = lying();

        assertThatThrownBy(() -> node.adopt(other, other.replace("10.0.0.77:80 weight=1", "10.0.0.77:80 weight=9")))
                .isInstanceOf(Rollover.RefusedException.class)
                .hasMessageContaining("weight=9");

        assertThat(lying()).isEqualTo(before);
    }

    private void publish(String application, String address) throws Exception {
        node.publish(Route.of(
                RouteOwner.of("retail", application, "prod"),
                application + ".example.com",
                nginx.port(),
                "/",
                List.of(Member.of(address, 80, 1))));
    }

    private Path routes() {
        return nginx.installation().folder().resolve("current/routes.conf");
    }

    private String lying() throws Exception {
        return Files.readString(routes());
    }

    private void edit(String from, String to) throws Exception {
        String text = lying();
        assertThat(text).contains(from);
        Files.writeString(routes(), text.replace(from, to));
    }
}
