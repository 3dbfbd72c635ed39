/** The Pipeline step that works in a container, and the parts it is made of. */
package io.jenkins.plugins.shera.terminal.steps;
