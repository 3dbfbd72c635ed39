/** The monitoring daemon: what runs on a node, without Jenkins. */
package io.jenkins.plugins.shera.monitoring.agent;
