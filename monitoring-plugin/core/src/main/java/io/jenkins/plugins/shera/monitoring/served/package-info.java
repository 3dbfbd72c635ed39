/** The daemon that serves thresholds as a metric, as Jenkins speaks to it. */
package io.jenkins.plugins.shera.monitoring.served;
