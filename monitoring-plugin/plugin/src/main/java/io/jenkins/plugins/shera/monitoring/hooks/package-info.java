/** What Alertmanager tells Jenkins: kept on timelines, and passed on to chats that Alertmanager does not speak with. */
package io.jenkins.plugins.shera.monitoring.hooks;
