/** Thresholds that go out with a deployment. */
package io.jenkins.plugins.shera.monitoring.deployments;
