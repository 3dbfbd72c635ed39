package io.jenkins.plugins.shera.deploy.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;

/**
 * Whose objects these are and which request made them last; stands in annotations of every object we apply, never in the
 * pod template, so that the same request applied again starts no new revision.
 */
public final class Origin implements Serializable {

    private static final long serialVersionUID = 1;
    private static final String PREFIX = "shera.io/";

    private final String tenant;
    private final String application;
    private final String environment;
    private final String request;
    private final String build;

    /**
     * All five are plain words.
     *
     * @param request names one deployment, the same before and after a restart
     * @param build for people: which build asked
     */
    public Origin(String tenant, String application, String environment, String request, String build) {
        this.tenant = tenant;
        this.application = application;
        this.environment = environment;
        this.request = request;
        this.build = build;
    }

    /** Writes labels and annotations into an object's metadata. */
    public void stamp(ObjectNode metadata) {
        ObjectNode labels = metadata.withObjectProperty("labels");
        labels.put("app.kubernetes.io/managed-by", "shera");
        labels.put("app.kubernetes.io/part-of", tenant);
        ObjectNode annotations = metadata.withObjectProperty("annotations");
        annotations.put(PREFIX + "tenant", tenant);
        annotations.put(PREFIX + "application", application);
        annotations.put(PREFIX + "environment", environment);
        annotations.put(PREFIX + "request", request);
        annotations.put(PREFIX + "build", build);
    }

    /** Whether this live object belongs to the same application and environment of the same tenant. */
    public boolean owns(JsonNode live) {
        return tenant.equals(annotation(live, "tenant"))
                && application.equals(annotation(live, "application"))
                && environment.equals(annotation(live, "environment"));
    }

    /** Whether this live object was made for another application or environment; what bears no mark of ours was not. */
    public boolean isForeign(JsonNode live) {
        return !annotation(live, "tenant").isEmpty() && !owns(live);
    }

    /** Whether this live object was applied last by this very request. */
    public boolean made(JsonNode live) {
        return owns(live) && request.equals(requestOf(live));
    }

    /** The request that applied this live object last, or empty. */
    public static String requestOf(JsonNode live) {
        return annotation(live, "request");
    }

    /** The build that applied this live object last, or empty. */
    public static String buildOf(JsonNode live) {
        return annotation(live, "build");
    }

    private static String annotation(JsonNode live, String name) {
        return live.path("metadata").path("annotations").path(PREFIX + name).asText("");
    }

    /** The tenant's id. */
    public String tenant() {
        return tenant;
    }

    /** The application's name. */
    public String application() {
        return application;
    }

    /** The environment's name. */
    public String environment() {
        return environment;
    }

    /** Names one deployment, the same before and after a restart. */
    public String request() {
        return request;
    }
}
