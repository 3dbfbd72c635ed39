/** The Kubernetes API as this suite speaks it: JSON over fabric8's HTTP client, bounded in time and size. */
package io.jenkins.plugins.shera.kube.api;
