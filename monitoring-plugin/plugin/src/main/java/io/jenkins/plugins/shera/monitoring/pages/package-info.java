/** The tab Logs of an application. */
package io.jenkins.plugins.shera.monitoring.pages;
