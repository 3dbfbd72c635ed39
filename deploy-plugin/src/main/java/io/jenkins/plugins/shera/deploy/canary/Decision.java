package io.jenkins.plugins.shera.deploy.canary;

import java.util.List;

/**
 * What comes next.
 *
 * @param status the status after the acts; to be saved when it differs in more than counted time
 * @param acts to be done in this order, before the status is saved
 * @param lines what a person should know of it
 */
public record Decision(RolloutStatus status, List<Act> acts, List<String> lines) {}
