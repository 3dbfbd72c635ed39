/** What this nginx and the daemon beside it did, for Prometheus. */
package io.jenkins.plugins.shera.kubeng.figures;
