/**
 * The rollout engine: what a rollout is to do, how far it is, the pure decision what comes next, and the acts that carry it out.
 */
package io.jenkins.plugins.shera.deploy.canary;
