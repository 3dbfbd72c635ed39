/** The graph of steps that a Pipeline build leaves behind. */
package org.jenkinsci.plugins.workflow.graph;
