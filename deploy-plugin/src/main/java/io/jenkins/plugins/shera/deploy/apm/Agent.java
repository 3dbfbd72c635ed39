package io.jenkins.plugins.shera.deploy.apm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Java agent for one tenant, with its collector and sampling filled in. In {@code option} and {@code env} may stand
 * {@code ${dir}}, {@code ${tenant}}, {@code ${application}}, {@code ${environment}}, {@code ${namespace}}, and a value of {@code env} may be
 * {@code ${pod}}.
 *
 * @param name how people choose it
 * @param image that brings it
 * @param path of the file in that image, or of the folder when it ends in {@code /}
 * @param option that the virtual machine gets
 * @param env further variables of the application's container
 * @param writable whether it writes into its own folder
 */
public record Agent(String name, String image, String path, String option, Map<String, String> env, boolean writable) {

    /** Keeps its own copy, in order. */
    public Agent {
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }

    /** As it is saved. */
    public String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name).put("image", image).put("path", path).put("option", option);
        json.put("writable", writable);
        env.forEach(json.putObject("env")::put);
        return json.toString();
    }

    /** What {@link #toJson} wrote. */
    public static Agent of(JsonNode json) {
        Map<String, String> env = new LinkedHashMap<>();
        json.path("env")
                .properties()
                .forEach(each -> env.put(each.getKey(), each.getValue().asText()));
        return new Agent(
                json.path("name").asText(),
                json.path("image").asText(),
                json.path("path").asText(),
                json.path("option").asText(),
                env,
                json.path("writable").asBoolean());
    }
}
