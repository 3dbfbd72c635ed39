/** The tab Charts of an application. */
package io.jenkins.plugins.shera.monitoring.pages.charts;
