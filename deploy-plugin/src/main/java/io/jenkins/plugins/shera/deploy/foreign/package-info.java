/** Rollouts that a controller in the cluster drives, Argo Rollouts or Flagger: seen, and told what to do by that controller's own means. */
package io.jenkins.plugins.shera.deploy.foreign;
