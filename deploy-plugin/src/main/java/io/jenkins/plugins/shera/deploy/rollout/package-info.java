/** One deployment from its request to its end, in steps that can be taken again after a restart. */
package io.jenkins.plugins.shera.deploy.rollout;
