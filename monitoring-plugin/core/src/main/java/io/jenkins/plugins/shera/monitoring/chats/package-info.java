/** Robots of chats that Alertmanager cannot speak to: who they are, and how they are told. */
package io.jenkins.plugins.shera.monitoring.chats;
