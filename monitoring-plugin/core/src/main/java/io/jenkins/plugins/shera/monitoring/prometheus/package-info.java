/** Talks to a Prometheus server by its HTTP API. */
package io.jenkins.plugins.shera.monitoring.prometheus;
