/** Robots of chats on the daemon's own disk. */
package io.jenkins.plugins.shera.monitoring.agent.chats;
