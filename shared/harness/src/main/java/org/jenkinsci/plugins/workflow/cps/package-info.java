/** Pipelines written in Groovy. */
package org.jenkinsci.plugins.workflow.cps;
