package io.jenkins.plugins.shera.build.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import io.jenkins.plugins.shera.build.config.StatementKeys;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.statement.ImageLabels;
import io.jenkins.plugins.shera.oci.statement.SignedStatement;
import io.jenkins.plugins.shera.oci.statement.SigningKey;
import io.jenkins.plugins.shera.oci.statement.Statement;
import io.jenkins.plugins.shera.oci.statement.StatementShelf;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ImageRecords;
import io.jenkins.plugins.shera.platform.extension.ImageStanding;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every word an image can be worth, each of an image in a real registry: by its labels, what was signed of it, and by whom. */
@WithJenkins
class ImageStandingsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    private DockerRegistry registry;
    private ImageTarget shop;
    private int pushed;

    @BeforeEach
    void tenant(JenkinsRule rule) throws Exception {
        registry = DockerRegistry.open(folder);
        shop = new ImagePlace(registry.address(), RegistryCredentials.NONE).repository("shop");
        rule.createProject(Folder.class, "shop");
        Tenant tenant = new Tenant("shop");
        tenant.setFolder("shop");
        tenant.setRegistries(List.of("house"));
        SheraConfiguration.get().setRegistries(List.of(new ContainerRegistry("house", registry.host())));
        SheraConfiguration.get().setTenants(List.of(tenant));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private Digest push(Map<String, String> labels) throws Exception {
        pushed++;
        return SmallImage.push(shop, "t" + pushed, SmallImage.layer(folder, "app", String.valueOf(pushed)), labels)
                .digest();
    }

    private Digest signed(String label, String said, Instant at, SigningKey key) throws Exception {
        Digest image = push(Map.of(ImageLabels.GATE, label));
        say(image, said, at, key);
        return image;
    }

    private void say(Digest image, String gate, Instant at, SigningKey key) throws Exception {
        Statement statement = new Statement(shop.name(), image, at, Map.of(ImageLabels.GATE, gate));
        new StatementShelf(shop).add(image, SignedStatement.of(statement, key));
    }

    private String word(Digest image) throws Exception {
        return ImageRecords.standingOf("shop", shop.name() + "@" + image).word();
    }

    @Test
    void eachWordComesOfWhatStandsInTheRegistry() throws Exception {
        SigningKey ours = StatementKeys.get().signer();
        for (String gate : List.of("OK", "ERROR", "NONE", "not-run", "unbound")) {
            assertThat(word(signed(gate, gate, NOON, ours))).isEqualTo(gate);
        }
        assertThat(word(push(Map.of(ImageLabels.GATE, "OK"))))
                .as("nobody signed")
                .isEqualTo("forged");
        assertThat(word(signed("OK", "OK", NOON, SigningKey.generate())))
                .as("somebody else signed")
                .isEqualTo("forged");
        assertThat(word(signed("OK", "ERROR", NOON, ours)))
                .as("the label says another thing")
                .isEqualTo("forged");
        assertThat(word(push(Map.of(ImageLabels.HAND_MADE, "true")))).isEqualTo("hand-made");
        assertThat(word(push(Map.of("maintainer", "x")))).isEqualTo("unknown");
        assertThat(word(Digest.of("nowhere"))).as("never pushed").isEqualTo("unknown");
    }

    @Test
    void anImageThatIsGoneIsUnknownThoughThisJenkinsBuiltItAndARegistryThatIsSilentIsAnError() throws Exception {
        Digest image = signed("OK", "OK", NOON, StatementKeys.get().signer());
        String reference = shop.name() + "@" + image;
        ImageOrigins.get().put("shop", new ImageOrigin(reference, "c0ffee", "shop/build#1", "job/build/1/", "OK"));
        assertThat(word(image)).isEqualTo("OK");

        shop.delete(image);
        ImageStanding gone = ImageRecords.standingOf("shop", reference);

        assertThat(gone.word()).isEqualTo("unknown");
        assertThat(gone.why()).isEqualTo("It is not in " + shop.name() + ", or not any more.");
        registry.close();
        assertThatThrownBy(() -> word(image)).hasMessageContaining("does not answer");
    }

    @Test
    void aStrangersStatementBesideOursTakesNothingAwayAndARevokedKeyEverything() throws Exception {
        SigningKey ours = StatementKeys.get().signer();
        Digest image = signed("OK", "OK", NOON, ours);
        say(image, "ERROR", NOON.plusSeconds(60), SigningKey.generate());
        assertThat(word(image)).isEqualTo("OK");

        StatementKeys.get().rotate();
        assertThat(word(image)).as("the old key goes on to count").isEqualTo("OK");
        StatementKeys.get().revoke(ours.trusted().id());
        assertThat(word(image)).isEqualTo("forged");
        say(image, "OK", NOON.plusSeconds(120), StatementKeys.get().signer());
        assertThat(word(image)).as("signed anew by the new key").isEqualTo("OK");
    }
}
