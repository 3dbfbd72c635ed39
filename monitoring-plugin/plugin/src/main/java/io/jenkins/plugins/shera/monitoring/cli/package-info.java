/** Commands about thresholds and alerts. */
package io.jenkins.plugins.shera.monitoring.cli;
