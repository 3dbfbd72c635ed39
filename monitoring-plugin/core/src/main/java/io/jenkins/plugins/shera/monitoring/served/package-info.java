/** The monitoring daemon, which serves thresholds as a metric and tells robots of chats, as Jenkins speaks to it. */
package io.jenkins.plugins.shera.monitoring.served;
