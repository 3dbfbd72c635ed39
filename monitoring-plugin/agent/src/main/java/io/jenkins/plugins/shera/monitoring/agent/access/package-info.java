/** Who may read what, as the API server says. */
package io.jenkins.plugins.shera.monitoring.agent.access;
