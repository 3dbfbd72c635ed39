/** What a Pipeline step is made of. */
package org.jenkinsci.plugins.workflow.steps;
