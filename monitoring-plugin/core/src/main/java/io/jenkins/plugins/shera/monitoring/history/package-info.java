/** What an InfluxDB keeps of the time before Prometheus, asked by queries that are built from a typed tree. */
package io.jenkins.plugins.shera.monitoring.history;
