/** What an application runs with now, in the words of a deployment, so that the next one changes only what somebody changes. Plain Java. */
package io.jenkins.plugins.shera.deploy.running;
