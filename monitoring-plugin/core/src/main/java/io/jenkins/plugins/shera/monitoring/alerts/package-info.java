/** Alerts as they are now, and who is told of them. */
package io.jenkins.plugins.shera.monitoring.alerts;
