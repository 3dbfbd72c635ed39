/** Putting a set of files on a machine as one step that can be tested, swapped, proved and taken back. */
package io.jenkins.plugins.shera.nodes;
