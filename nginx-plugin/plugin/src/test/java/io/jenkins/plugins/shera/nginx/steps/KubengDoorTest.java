package io.jenkins.plugins.shera.nginx.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.nginx.config.KubengDesks;
import io.jenkins.plugins.shera.nginx.config.KubengKeys;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.SignedIntent;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyPairGenerator;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Programs at the door of nodes: tokens, documents, and what Jenkins lost. */
class KubengDoorTest extends KubengRig {
    @Test
    void knowsANodeByItsOwnTokenAlone() throws Exception {
        String mine = token("one");
        String other = token("two");
        String path = "shera-kubeng/document/edge/one/routes";

        assertThat(get(mine, "", path).statusCode()).isEqualTo(204);
        assertThat(get(other, "", path).statusCode()).isEqualTo(403);
        assertThat(get("", "", path).statusCode()).isEqualTo(403);
        assertThat(get(mine, "", "shera-kubeng/document/edge/three/routes").statusCode())
                .isEqualTo(403);
        assertThat(get(mine, "", "shera-kubeng/document/other/one/routes").statusCode())
                .isEqualTo(403);
        assertThat(get(mine, "", "shera-kubeng/document/edge/one/secrets").statusCode())
                .isEqualTo(403);
        KubengDesks.get()
                .desk(edge())
                .change(Intent.Kind.ROUTES, (before, generation) -> Intent.ofRoutes("edge", generation, List.of()));
        HttpResponse<String> found = get(mine, "", path);
        assertThat(found.statusCode()).isEqualTo(200);
        String tag = found.headers().firstValue("ETag").orElseThrow();
        assertThat(get(mine, tag, path).statusCode()).isEqualTo(304);
        assertThat(SignedIntent.open(
                                found.body().getBytes(StandardCharsets.UTF_8),
                                List.of(KubengKeys.get().signer().getPublic()),
                                Intent.Kind.ROUTES,
                                "edge")
                        .generation())
                .isEqualTo(1);
        String renewed = token("one");
        assertThat(get(mine, "", path).statusCode()).isEqualTo(403);
        assertThat(get(renewed, "", path).statusCode()).isEqualTo(200);
        KubengKeys.get().revoke("edge", "one");
        assertThat(get(renewed, "", path).statusCode()).isEqualTo(403);
        assertThat(Files.readString(
                        SheraConfiguration.get().root().resolve("kubeng").resolve("keys.xml")))
                .doesNotContain(other);
    }

    @Test
    void takesBackWhatItSignedAndLostButNothingThatAnotherSigned() throws Exception {
        String token = token("one");
        byte[] later = SignedIntent.sign(
                Intent.ofRoutes("edge", 7, List.of()), KubengKeys.get().signer().getPrivate());
        byte[] forged = SignedIntent.sign(
                Intent.ofRoutes("edge", 9, List.of()),
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());

        assertThat(post(token, "adopt/edge/one/routes", forged)).isEqualTo(422);
        assertThat(get(token, "\"7-" + "0".repeat(64) + "\"", "shera-kubeng/document/edge/one/routes")
                        .statusCode())
                .isEqualTo(409);
        assertThat(post(token("two"), "adopt/edge/one/routes", later)).isEqualTo(403);
        assertThat(post(token, "adopt/edge/one/routes", later)).isEqualTo(204);
        assertThat(KubengDesks.get().desk(edge()).intent(Intent.Kind.ROUTES).generation())
                .isEqualTo(7);
        assertThat(post(token, "adopt/edge/one/routes", later)).isEqualTo(422);
        assertThat(post(token, "state/edge/one", "{".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(400);
    }

    @Test
    void administratorsAloneMakeTokensAndNodesOfBothKindsAreRefused() throws Exception {
        String body = "{\"nginx\":\"edge\",\"node\":\"one\"}";
        assertThat(as("dev", "kubengToken", body).statusCode()).isEqualTo(403);
        assertThat(as("admin", "kubengRevoke", body).statusCode()).isEqualTo(422);
        String token = new ObjectMapper()
                .readTree(as("admin", "kubengToken", body).body())
                .path("token")
                .asText();
        assertThat(KubengKeys.get().isTokenOf("edge", "one", token)).isTrue();
        assertThat(as("dev", "nodes?cluster=edge", null).body()).doesNotContain(token);
        assertThat(as("admin", "kubengRevoke", body).statusCode()).isEqualTo(200);
        assertThat(KubengKeys.get().isTokenOf("edge", "one", token)).isFalse();
        assertThat(as("admin", "kubengToken", body.replace("one", "three")).statusCode())
                .isEqualTo(422);
        NginxCluster both = new NginxCluster("edge", List.of(new NginxNodeSettings("/a", "/b")));
        both.setDaemons("one");
        NginxCluster named = new NginxCluster("edge", List.of());
        named.setDaemons("../one");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            for (NginxCluster wrong : List.of(both, named)) {
                Assertions.assertThatThrownBy(() -> NginxConfiguration.get().setClusters(List.of(wrong)))
                        .isInstanceOf(Refusal.class);
            }
        }
    }

    @Test
    void aNodeThatTellsTheGenerationAndAnotherDocumentIsNotBelieved() throws Exception {
        oneNode();
        String token = token("one");
        byte[] lie = ("{\"routes\":{\"generation\":1,\"sha\":\"" + "0".repeat(64)
                        + "\"},\"weights\":{},\"streams\":{}}")
                .getBytes(StandardCharsets.UTF_8);
        Thread liar = new Thread(() -> {
            try {
                while (!Thread.interrupted()) {
                    for (Intent.Kind kind : Intent.Kind.values()) {
                        get(token, "", "shera-kubeng/document/edge/one/" + kind.word());
                    }
                    post(token, "state/edge/one", lie);
                    Thread.sleep(200);
                }
            } catch (Exception e) {
                // The test is over.
            }
        });
        liar.start();
        toClose.add(liar::interrupt);

        WorkflowRun run = run("publish", "retail", publish(backend("never")));

        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("tells another document for generation 1", run);
        assertThat(KubengDesks.get().desk(edge()).intent(Intent.Kind.ROUTES).routes())
                .isEmpty();
    }
}
