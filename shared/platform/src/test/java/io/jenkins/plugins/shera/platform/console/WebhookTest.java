package io.jenkins.plugins.shera.platform.console;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import io.jenkins.plugins.shera.platform.extension.WebhookReceiver;
import io.jenkins.plugins.shera.platform.rest.Proof;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The door for outside systems opens to a proof and tells nothing to those without. */
@WithJenkins
class WebhookTest {

    @Test
    void takesAProvenMessageWithoutLoginAndCrumb(JenkinsRule r) throws Exception {
        Receiver receiver = install(r);

        assertThat(post(r, "shera-webhook/post/probe/hook1", "t0ken")).isEqualTo(204);
        assertThat(receiver.got).containsExactly("hook1:body");
    }

    @Test
    void answersEveryNoAlike(JenkinsRule r) throws Exception {
        Receiver receiver = install(r);

        assertThat(post(r, "shera-webhook/post/probe/hook1", "wrong")).isEqualTo(404);
        assertThat(post(r, "shera-webhook/post/probe/other", "t0ken")).isEqualTo(404);
        assertThat(post(r, "shera-webhook/post/nobody/hook1", "t0ken")).isEqualTo(404);
        assertThat(post(r, "shera-webhook/post/probe", "t0ken")).isEqualTo(404);
        assertThat(receiver.got).isEmpty();
    }

    @Test
    void refusesABodyThatIsTooLargeAndExplainsNothing(JenkinsRule r) throws Exception {
        Receiver receiver = install(r);

        assertThat(post(r, "shera-webhook/post/probe/hook1", "t0ken", "x".repeat((1 << 20) + 100)))
                .isEqualTo(413);
        assertThat(receiver.got).isEmpty();
    }

    @Test
    void opensNoOtherDoor(JenkinsRule r) throws Exception {
        install(r);

        assertThat(post(r, "shera/createTenant", "t0ken")).isEqualTo(403);
        assertThat(post(r, "shera-webhook/post/../../shera/createTenant", "t0ken"))
                .isIn(400, 403, 404);
    }

    private static Receiver install(JenkinsRule r) {
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root"));
        Receiver receiver = new Receiver();
        ExtensionList.lookup(WebhookReceiver.class).add(receiver);
        return receiver;
    }

    private static int post(JenkinsRule r, String path, String proof) throws IOException, InterruptedException {
        return post(r, path, proof, "body");
    }

    private static int post(JenkinsRule r, String path, String proof, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(r.getURL() + path))
                .header("X-Proof", proof)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Knows one hook with one token. */
    private static final class Receiver extends WebhookReceiver {
        private final List<String> got = new ArrayList<>();

        @Override
        public String name() {
            return "probe";
        }

        @Override
        public String proofHeader() {
            return "X-Proof";
        }

        @Override
        public boolean accepts(String key, String proof, byte[] body) {
            return key.equals("hook1") && Proof.token("t0ken", proof);
        }

        @Override
        public void receive(String key, Map<String, String> query, byte[] body) {
            got.add(key + ":" + new String(body, StandardCharsets.UTF_8));
        }
    }
}
