/** The only scheduler of the suite. */
package io.jenkins.plugins.shera.platform.schedule;
