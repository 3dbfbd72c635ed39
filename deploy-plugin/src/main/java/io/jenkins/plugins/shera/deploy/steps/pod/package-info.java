/** What Jenkinsfiles and forms say of pods besides image and variables. */
package io.jenkins.plugins.shera.deploy.steps.pod;
