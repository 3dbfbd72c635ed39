/** Tells the receivers of tenants of releases, directly and not through Alertmanager. */
package io.jenkins.plugins.shera.monitoring.releases;
