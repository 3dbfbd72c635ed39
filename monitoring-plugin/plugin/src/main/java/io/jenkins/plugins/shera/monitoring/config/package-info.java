/** The Prometheus servers and the thresholds of everyone, as an administrator has set them up. */
package io.jenkins.plugins.shera.monitoring.config;
