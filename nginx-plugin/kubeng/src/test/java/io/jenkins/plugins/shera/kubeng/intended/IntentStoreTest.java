package io.jenkins.plugins.shera.kubeng.intended;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.SignedIntent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntentStoreTest {
    @TempDir
    private Path folder;

    private static KeyPair key(String algorithm) throws Exception {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    }

    private static byte[] routes(long generation, String cluster, KeyPair key) throws Exception {
        return SignedIntent.sign(Intent.ofRoutes(cluster, generation, List.of()), key.getPrivate());
    }

    private IntentStore store(KeyPair key) {
        return new IntentStore(folder, Intent.Kind.ROUTES, "edge", List.of(key.getPublic()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "EC", "RSA"})
    void aSignedDocumentWaitsUntilItIsAcceptedAndSurvivesARestart(String algorithm) throws Exception {
        KeyPair key = key(algorithm);
        assertThat(store(key).offer(routes(3, "edge", key))).isTrue();
        IntentStore restarted = store(key);
        assertThat(restarted.inForce()).isEmpty();
        restarted.accept(restarted.next().orElseThrow());
        assertThat(store(key).inForce()).map(Intent::generation).contains(3L);
        assertThat(store(key).next()).isEmpty();
        assertThat(store(key).offer(routes(3, "edge", key)))
                .as("the same again")
                .isFalse();
    }

    @Test
    void refusesAStrangersSignatureAnotherClusterAndWhatIsOlder() throws Exception {
        KeyPair key = key("Ed25519");
        IntentStore store = store(key);
        store.offer(routes(5, "edge", key));
        assertThatThrownBy(() -> store.offer(routes(6, "edge", key("Ed25519"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not signed by a key that this node trusts");
        assertThatThrownBy(() -> store.offer(routes(6, "inner", key))).hasMessageContaining("'inner'");
        assertThatThrownBy(() -> store.offer(routes(4, "edge", key))).hasMessageContaining("older than generation 5");
        byte[] weights = SignedIntent.sign(Intent.ofWeights("edge", 9, List.of()), key.getPrivate());
        assertThatThrownBy(() -> store.offer(weights)).hasMessageContaining("this node wants the routes");
        for (byte[] garbage : List.of(new byte[0], "[]".getBytes(), "{\"format\":\"shera-kubeng/1\"}".getBytes())) {
            assertThatThrownBy(() -> store.offer(garbage)).isInstanceOf(IOException.class);
        }
        assertThat(store.next()).map(Intent::generation).contains(5L);
    }

    @Test
    void whatAPowerCutLeftBesideIsNoDocument() throws Exception {
        KeyPair key = key("Ed25519");
        store(key).offer(routes(1, "edge", key));
        Files.writeString(folder.resolve("routes-next.json.new"), "{\"form");
        assertThat(store(key).next()).map(Intent::generation).contains(1L);
        assertThat(store(key).offer(routes(2, "edge", key))).isTrue();
        assertThat(store(key).next()).map(Intent::generation).contains(2L);
    }
}
