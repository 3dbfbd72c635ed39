/** Where lines of running and ended containers come from, each behind the same interface, and their merging into one stream. */
package io.jenkins.plugins.shera.monitoring.sources;
