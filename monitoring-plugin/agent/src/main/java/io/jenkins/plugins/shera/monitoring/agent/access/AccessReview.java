package io.jenkins.plugins.shera.monitoring.agent.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the API server whether a caller may read a pod's log there: TokenReview for who it is, SubjectAccessReview for what it may,
 * {@code impersonate} included. An answer counts for some seconds, so that a right taken away ends soon.
 */
public final class AccessReview {

    private static final Duration YES = Duration.ofSeconds(30);
    private static final Duration NO = Duration.ofSeconds(5);
    private static final int MOST = 2_000;
    private static final String TOKENS = "/apis/authentication.k8s.io/v1/tokenreviews";
    private static final String ACCESS = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

    private final Connection connection;
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MOST;
        }
    };

    /** The way to the API server as the agent. */
    @FunctionalInterface
    public interface Connection {
        KubeApi api() throws IOException;
    }

    /** What came out. */
    public enum Verdict {
        /** May read. */
        ALLOWED,
        /** Known, but may not read this. */
        FORBIDDEN,
        /** The API server does not know the token. */
        UNKNOWN
    }

    /**
     * What came out, and for whom.
     *
     * @param user whose rights count, as the API server calls them; empty when it knows nobody
     */
    public record Answer(Verdict verdict, String user) {}

    private record Kept(Answer answer, long until) {}

    /** The connection's identity needs what {@code system:auth-delegator} gives. */
    public AccessReview(Connection connection) {
        this.connection = connection;
    }

    /**
     * Whether this caller may get the log of a pod.
     *
     * @throws IOException when the API server does not answer: then nobody may
     */
    public Answer of(Caller caller, String namespace, String pod) throws IOException {
        String key = caller.fingerprint() + " " + namespace + "/" + pod;
        long now = System.nanoTime();
        synchronized (kept) {
            Kept known = kept.get(key);
            if (known != null && known.until() - now > 0) {
                return known.answer();
            }
        }
        Answer answer = ask(caller, namespace, pod);
        synchronized (kept) {
            long lasts = (answer.verdict() == Verdict.ALLOWED ? YES : NO).toNanos();
            kept.put(key, new Kept(answer, System.nanoTime() + lasts));
        }
        return answer;
    }

    private Answer ask(Caller caller, String namespace, String pod) throws IOException {
        KubeApi api = connection.api();
        ObjectNode review = review("authentication.k8s.io/v1", "TokenReview");
        review.putObject("spec").put("token", caller.token());
        JsonNode status = api.create(TOKENS, review).path("status");
        if (!status.path("authenticated").asBoolean()) {
            return new Answer(Verdict.UNKNOWN, "");
        }
        ObjectNode subject = subject(status.path("user"));
        String user = caller.user().isEmpty() ? subject.path("user").asText() : caller.user();
        if (!caller.user().isEmpty()) {
            if (!may(api, subject, attributes("impersonate", "users", caller.user()))) {
                return new Answer(Verdict.FORBIDDEN, user);
            }
            for (String group : caller.groups()) {
                if (!may(api, subject, attributes("impersonate", "groups", group))) {
                    return new Answer(Verdict.FORBIDDEN, user);
                }
            }
            subject = impersonated(caller.user(), caller.groups());
        }
        ObjectNode wanted = attributes("get", "pods", pod);
        wanted.put("namespace", namespace).put("subresource", "log");
        return new Answer(may(api, subject, wanted) ? Verdict.ALLOWED : Verdict.FORBIDDEN, user);
    }

    private static ObjectNode subject(JsonNode user) {
        ObjectNode subject = JsonNodeFactory.instance.objectNode();
        subject.put("user", user.path("username").asText());
        for (String part : List.of("uid", "groups", "extra")) {
            if (user.has(part)) {
                subject.set(part, user.path(part).deepCopy());
            }
        }
        return subject;
    }

    private static ObjectNode impersonated(String user, List<String> groups) {
        ObjectNode subject = JsonNodeFactory.instance.objectNode();
        subject.put("user", user);
        ArrayNode all = subject.putArray("groups");
        groups.forEach(all::add);
        all.add("system:authenticated");
        return subject;
    }

    private static ObjectNode attributes(String verb, String resource, String name) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        return attributes.put("verb", verb).put("resource", resource).put("name", name);
    }

    private static boolean may(KubeApi api, ObjectNode subject, ObjectNode attributes) throws IOException {
        ObjectNode review = review("authorization.k8s.io/v1", "SubjectAccessReview");
        ObjectNode spec = subject.deepCopy();
        spec.set("resourceAttributes", attributes);
        review.set("spec", spec);
        JsonNode status = api.create(ACCESS, review).path("status");
        return status.path("allowed").asBoolean() && !status.path("denied").asBoolean();
    }

    private static ObjectNode review(String version, String kind) {
        return JsonNodeFactory.instance.objectNode().put("apiVersion", version).put("kind", kind);
    }
}
