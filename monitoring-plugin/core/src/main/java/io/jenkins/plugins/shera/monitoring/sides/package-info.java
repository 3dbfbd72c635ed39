/** What the stable side and the canary of a release measure, each as one line that a verdict can be made of. */
package io.jenkins.plugins.shera.monitoring.sides;
