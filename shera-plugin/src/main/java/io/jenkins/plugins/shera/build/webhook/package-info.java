/** What SonarQube tells Jenkins by itself, and who waits for it. */
package io.jenkins.plugins.shera.build.webhook;
