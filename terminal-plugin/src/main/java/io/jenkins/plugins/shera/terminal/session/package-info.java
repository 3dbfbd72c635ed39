/** Terminal sessions: one running shell each, what it said last, and who looks at it. */
package io.jenkins.plugins.shera.terminal.session;
