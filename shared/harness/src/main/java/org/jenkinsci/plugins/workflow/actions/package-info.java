/** What is known of a node of the flow graph. */
package org.jenkinsci.plugins.workflow.actions;
