/** The log files of a node. */
package io.jenkins.plugins.shera.monitoring.agent.files;
