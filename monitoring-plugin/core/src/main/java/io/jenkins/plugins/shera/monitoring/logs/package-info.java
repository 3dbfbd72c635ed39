/** Finds a time range in the log files of containers by bisection, and streams it. */
package io.jenkins.plugins.shera.monitoring.logs;
