/** How far a rollout is and, when it fails, the pod's own reason. */
package io.jenkins.plugins.shera.kube.rollout;
