/** A running or finished Pipeline, whatever language it is written in. */
package org.jenkinsci.plugins.workflow.flow;
