/** Rollouts in Jenkins: the steps canary and its verbs, their parts and routers, and the one place that keeps rollouts going. */
package io.jenkins.plugins.shera.deploy.steps.rollout;
