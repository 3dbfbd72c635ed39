/** Tests that only a real Jenkins can run, the same for each plugin; added by the profile {@code jenkins}. */
package io.jenkins.plugins.shera.onjenkins;
