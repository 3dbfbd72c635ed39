/** How long it takes from a value beyond its threshold to somebody who knows of it. */
package io.jenkins.plugins.shera.monitoring.latency;
