/** Reads the logs of an application as its tenant, for pages, REST, steps and commands. */
package io.jenkins.plugins.shera.monitoring.desk.logs;
