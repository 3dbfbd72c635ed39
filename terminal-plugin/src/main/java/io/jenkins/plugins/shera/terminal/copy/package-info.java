/** Debug copies: pods cloned with their command held, to mend what crashes at start. */
package io.jenkins.plugins.shera.terminal.copy;
