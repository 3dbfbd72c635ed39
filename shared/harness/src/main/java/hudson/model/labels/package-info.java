/** Labels of nodes. */
package hudson.model.labels;
