package io.jenkins.plugins.shera.deploy.canary;

import io.jenkins.plugins.shera.deploy.apm.ApmMode;

/**
 * What somebody wants the APM switch to be.
 *
 * @param agent its name; empty for the only one there is, and when off
 */
public record ApmOrder(ApmMode mode, String agent) {}
