package io.jenkins.plugins.shera.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Repeats one request while that can help, within one total time, waiting as long as the server asks. */
final class Retries {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_OWN_WAIT = Duration.ofSeconds(5);

    private final long end;
    private Duration wait = FIRST_WAIT;

    Retries(Duration total) {
        this.end = System.nanoTime() + total.toNanos();
    }

    /** One try. */
    interface Attempt {
        Answer run() throws KubeException;
    }

    Answer run(Attempt attempt, String what) throws KubeException {
        while (true) {
            KubeException failure;
            Duration pause = wait;
            try {
                Answer answer = attempt.run();
                if (answer.status() >= 200 && answer.status() < 300) {
                    return answer;
                }
                failure = KubeException.answered(answer.status(), status(answer), what);
                pause = answer.waitAsked().orElse(wait);
            } catch (KubeException e) {
                failure = e;
            }
            if (!failure.kind().isPassing() || System.nanoTime() + pause.toNanos() >= end) {
                throw failure;
            }
            sleep(pause, what);
            wait = wait.multipliedBy(2).compareTo(LONGEST_OWN_WAIT) > 0 ? LONGEST_OWN_WAIT : wait.multipliedBy(2);
        }
    }

    /** The {@code Status} object of a refusal; missing when it has none. */
    static JsonNode status(Answer answer) {
        try {
            JsonNode body = JSON.readTree(answer.body());
            return body != null && "Status".equals(body.path("kind").asText()) ? body : MissingNode.getInstance();
        } catch (IOException e) {
            // A proxy between us and the API server answers HTML; the HTTP status says enough.
            return MissingNode.getInstance();
        }
    }

    private static void sleep(Duration pause, String what) throws KubeException {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubeException(Kind.REFUSED, 0, what + ": interrupted.", List.of(), e);
        }
    }
}
