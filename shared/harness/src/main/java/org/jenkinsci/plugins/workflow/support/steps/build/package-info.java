/** Builds as scripts see them. */
package org.jenkinsci.plugins.workflow.support.steps.build;
