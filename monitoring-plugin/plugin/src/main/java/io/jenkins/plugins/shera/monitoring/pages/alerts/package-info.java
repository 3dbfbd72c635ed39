/** The tab Alerts of an application. */
package io.jenkins.plugins.shera.monitoring.pages.alerts;
