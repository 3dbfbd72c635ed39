package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The release set that a rollout is a member of. It stands in the plan of each member, so that any one of them tells of all.
 *
 * @param id names the set
 * @param parts the members, this rollout's own among them
 */
public record SetPlan(String id, List<Part> parts) {

    /**
     * One member.
     *
     * @param rollout id of its rollout
     * @param image what it releases, for people
     * @param after keys of the members that must be stable before this one is promoted
     */
    public record Part(Subject subject, String rollout, String image, List<String> after) {

        /** Keeps its own list. */
        public Part {
            after = List.copyOf(after);
        }

        /** Unique within the set: {@code shop/prod}. */
        public String key() {
            return subject.application() + "/" + subject.environment();
        }
    }

    /** Keeps its own list. */
    public SetPlan {
        parts = List.copyOf(parts);
    }

    /** What people call a member: the application, with the environment where it is there more than once. */
    public String name(Part part) {
        String application = part.subject().application();
        long same = parts.stream()
                .filter(each -> each.subject().application().equals(application))
                .count();
        return same > 1 ? part.key() : application;
    }

    /** As it stands in the cluster. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", id);
        for (Part part : parts) {
            Subject subject = part.subject();
            ObjectNode one = json.withArrayProperty("parts").addObject();
            one.put("tenant", subject.tenant()).put("application", subject.application());
            one.put("environment", subject.environment()).put("cluster", subject.cluster());
            one.put("namespace", subject.namespace()).put("rollout", part.rollout());
            one.put("image", part.image());
            part.after().forEach(one.withArrayProperty("after")::add);
        }
        return json;
    }

    /** What {@link #toJson} wrote; null where nothing stands. */
    static SetPlan of(JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        List<Part> parts = new ArrayList<>();
        for (JsonNode one : json.path("parts")) {
            List<String> after = new ArrayList<>();
            one.path("after").forEach(each -> after.add(each.asText()));
            Subject subject = new Subject(
                    one.path("tenant").asText(),
                    one.path("application").asText(),
                    one.path("environment").asText(),
                    one.path("cluster").asText(),
                    one.path("namespace").asText());
            parts.add(new Part(
                    subject, one.path("rollout").asText(), one.path("image").asText(), after));
        }
        return new SetPlan(json.path("id").asText(), parts);
    }
}
