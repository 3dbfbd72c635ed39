package io.jenkins.plugins.shera.deploy.history;

/**
 * A revision as the cluster keeps it.
 *
 * @param number as {@code kubectl rollout history} counts
 * @param created when its pods came first, ISO 8601
 * @param build the build that deployed it last, as {@code folder/job#number}, or empty
 * @param pods how many pods of it there are
 * @param stable whether it is the one that is deployed
 * @param text its pod template for reading, without what looks secret
 */
public record Revision(
        long number, String image, String created, String build, int pods, boolean stable, String text) {}
