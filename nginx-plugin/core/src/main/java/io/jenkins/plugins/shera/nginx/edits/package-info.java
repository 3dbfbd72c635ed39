/** What hands change in configuration that is made for a node: told apart from what is made, kept when it is made anew, adopted on every node. */
package io.jenkins.plugins.shera.nginx.edits;
