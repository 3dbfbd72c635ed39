/** Items, builds, users, parameters, causes, the queue and what runs it. */
package hudson.model;
