/** The step that asks a person. */
package org.jenkinsci.plugins.workflow.support.steps.input;
