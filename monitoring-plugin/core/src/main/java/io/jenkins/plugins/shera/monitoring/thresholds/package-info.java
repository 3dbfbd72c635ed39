/** What is measured of an application, and the limits that people set: platform, tenant, application, the nearest wins. */
package io.jenkins.plugins.shera.monitoring.thresholds;
