/** The page of a tenant about who is told of its alerts. */
package io.jenkins.plugins.shera.monitoring.pages.notices;
