/** Queries as trees: what is asked of Prometheus is written from these alone, through one quoting function. */
package io.jenkins.plugins.shera.monitoring.promql;
