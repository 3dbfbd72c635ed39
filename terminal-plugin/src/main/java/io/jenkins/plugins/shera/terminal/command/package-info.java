/** Runs single commands in containers to their end, and ends them before it; plain Java. */
package io.jenkins.plugins.shera.terminal.command;
