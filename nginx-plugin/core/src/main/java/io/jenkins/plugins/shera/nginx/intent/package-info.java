/** What Jenkins wants of every node of an nginx cluster, as signed documents with generations of their own. */
package io.jenkins.plugins.shera.nginx.intent;
