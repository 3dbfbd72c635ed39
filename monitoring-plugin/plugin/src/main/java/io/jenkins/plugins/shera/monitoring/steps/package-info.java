/** Steps that set thresholds and bring them into force. */
package io.jenkins.plugins.shera.monitoring.steps;
