/** The SonarQube servers an administrator has set up. */
package io.jenkins.plugins.shera.build.config;
