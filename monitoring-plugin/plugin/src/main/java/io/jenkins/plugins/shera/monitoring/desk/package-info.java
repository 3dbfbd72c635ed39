/** Where pages, steps and commands change and read what Prometheus watches for. */
package io.jenkins.plugins.shera.monitoring.desk;
