/** What the queue holds and answers. */
package hudson.model.queue;
