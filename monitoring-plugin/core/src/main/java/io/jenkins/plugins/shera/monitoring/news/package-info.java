/** News of releases on their way to receivers: kept on disk until somebody took them. */
package io.jenkins.plugins.shera.monitoring.news;
