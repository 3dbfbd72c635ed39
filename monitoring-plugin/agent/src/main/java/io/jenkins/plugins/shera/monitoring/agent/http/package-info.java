/** How the agent is asked. */
package io.jenkins.plugins.shera.monitoring.agent.http;
