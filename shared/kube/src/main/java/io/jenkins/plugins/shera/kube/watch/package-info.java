/** What changes in a cluster, heard as it happens. */
package io.jenkins.plugins.shera.kube.watch;
