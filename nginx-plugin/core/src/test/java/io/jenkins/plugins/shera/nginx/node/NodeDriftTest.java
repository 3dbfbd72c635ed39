package io.jenkins.plugins.shera.nginx.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody edits the files of a real nginx by hand. */
class NodeDriftTest {
    @TempDir
    Path folder;

    private RealNginx nginx;
    private NginxNode node;

    @BeforeEach
    void start() throws Exception {
        nginx = RealNginx.start(folder);
        node = new NginxNode(nginx.installation());
    }

    @AfterEach
    void stop() throws Exception {
        if (nginx != null) {
            nginx.close();
        }
    }

    @Test
    void isNoneBeforeAndAfterAPush() throws Exception {
        assertThat(node.drift().isNone()).isTrue();
        publish();
        assertThat(node.drift()).isEqualTo(new NodeDrift(1, List.of(), 0, true));
    }

    @Test
    void namesWhatAHandChangedAndOverwritesItWhenAsked() throws Exception {
        publish();
        edit("current/routes.conf", "weight=1", "weight=7");
        edit("weights/current/weights.conf", "default", "# a note\n default");

        assertThat(node.drift().changes())
                .containsExactly(
                        "routes.conf: upstream shera.retail.shop.prod: "
                                + "server 10.0.0.5:80 weight=1; -> server 10.0.0.5:80 weight=7;",
                        "weights/weights.conf: only comments, layout or order changed");

        node.overwrite();

        assertThat(node.drift()).isEqualTo(new NodeDrift(2, List.of(), 0, true));
    }

    @Test
    void showsATenantOnlyItsOwnPart() throws Exception {
        publish();
        node.publish(Route.of(
                RouteOwner.of("bank", "vault", "prod"),
                "vault.example.com",
                nginx.port(),
                "/",
                List.of(Member.of("10.0.0.9", 80, 1))));
        edit("current/routes.conf", "weight=1", "weight=7");

        NodeDrift seen = node.driftFor("bank");

        assertThat(seen.changes())
                .containsExactly("routes.conf: upstream shera.bank.vault.prod: "
                        + "server 10.0.0.9:80 weight=1; -> server 10.0.0.9:80 weight=7;");
        assertThat(seen.hidden()).isEqualTo(1);
    }

    @Test
    void seesFilesThatCameWentOrBroke() throws Exception {
        publish();
        Path current = nginx.installation().folder().resolve("current");
        Files.writeString(current.resolve("extra.conf"), "");
        Files.delete(current.resolve("version.conf"));
        edit("current/routes.conf", ";", "");

        assertThat(node.drift().changes())
                .hasSize(3)
                .contains("extra.conf: this file is not ours", "version.conf: the file is missing")
                .anyMatch(change -> change.startsWith("routes.conf: unexpected"));
    }

    @Test
    void seesAnIntentThatWasEditedTogetherWithWhatItRendersTo() throws Exception {
        publish();
        edit("current/routes.json", "10.0.0.5", "10.0.0.6");
        edit("current/routes.conf", "10.0.0.5", "10.0.0.6");

        assertThat(node.drift().changes())
                .isNotEmpty()
                .allMatch(change -> change.startsWith("routes.json") || change.startsWith("version.conf"));
    }

    @Test
    void takesNoLinkForAFileAndWritesNothingThroughIt() throws Exception {
        publish();
        Path file = nginx.installation().folder().resolve("current/routes.conf");
        Path other = Files.move(file, folder.resolve("elsewhere.conf"));
        Files.createSymbolicLink(file, other);
        String before = Files.readString(other);

        assertThat(node.drift().changes()).contains("routes.conf: the file is missing");
        node.overwrite();

        assertThat(Files.readString(other)).isEqualTo(before);
        assertThat(Files.isSymbolicLink(file.toRealPath().getParent().resolve("routes.conf")))
                .isFalse();
        assertThat(node.drift().isNone()).isTrue();
    }

    @Test
    void writesNothingOverAnIntentItCannotRead() throws Exception {
        publish();
        edit("current/routes.json", "owner", "owned");

        assertThatThrownBy(node::drift).hasMessageContaining("owned");
        assertThatThrownBy(node::overwrite).hasMessageContaining("owned");
    }

    @Test
    void seesThatTheWorkersServeSomethingElse() throws Exception {
        publish();
        nginx.close();

        assertThat(node.drift()).isEqualTo(new NodeDrift(1, List.of(), 0, false));
    }

    private void publish() throws Exception {
        node.publish(Route.of(
                RouteOwner.of("retail", "shop", "prod"),
                "shop.example.com",
                nginx.port(),
                "/",
                List.of(Member.of("10.0.0.5", 80, 1))));
    }

    private void edit(String name, String from, String to) throws Exception {
        Path file = nginx.installation().folder().resolve(name);
        Files.writeString(file, Files.readString(file).replace(from, to));
    }
}
