/** What a threshold would have done: its alert worked out over measurements of the past. */
package io.jenkins.plugins.shera.monitoring.preview;
