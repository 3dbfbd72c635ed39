/** The milestones of start and stop, and the annotations that name them. */
package hudson.init;
