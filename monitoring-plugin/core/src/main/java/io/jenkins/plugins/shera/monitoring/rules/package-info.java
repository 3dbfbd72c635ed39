/** Alerting rules made of thresholds: rendered, checked, put in force, read back, or taken back. */
package io.jenkins.plugins.shera.monitoring.rules;
