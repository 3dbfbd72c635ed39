/** What a pod is besides its image: probes, service account, where it may run, how it ends. Plain Java. */
package io.jenkins.plugins.shera.deploy.pod;
