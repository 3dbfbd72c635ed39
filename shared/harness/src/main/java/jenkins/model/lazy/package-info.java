/** Builds of a job by number. */
package jenkins.model.lazy;
