package io.jenkins.plugins.shera.deploy.middleware;

import java.util.List;
import java.util.Map;

/**
 * One instance as it is now; nothing in it is secret.
 *
 * @param template id of its template
 * @param image what its pod runs
 * @param state {@code Ready}, {@code Starting}, {@code Failed} or {@code Deleting}
 * @param trouble why it is not ready, in the cluster's words; empty when it is
 * @param host where others in the cluster reach it
 * @param secret name of the Secret with its login
 * @param claim name of its volume
 * @param boundBy Deployments whose pods get its login
 */
public record MiddlewareFacts(
        String name,
        String template,
        String version,
        String image,
        String state,
        String trouble,
        String host,
        int port,
        String secret,
        String claim,
        String size,
        String storageClass,
        String cpu,
        String memory,
        Map<String, String> parameters,
        List<String> boundBy) {}
