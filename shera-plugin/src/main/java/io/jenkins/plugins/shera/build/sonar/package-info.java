/** Talks to SonarQube: how an analysis is started, waited for, read, and tied to exactly one state of the source. */
package io.jenkins.plugins.shera.build.sonar;
