/** The page of a tenant about who hears of its releases. */
package io.jenkins.plugins.shera.monitoring.pages.releasenews;
