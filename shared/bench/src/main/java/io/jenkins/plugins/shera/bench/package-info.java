/** How a benchmark says what it measured: one line a measure, beside the peer's value and the goal. */
package io.jenkins.plugins.shera.bench;
