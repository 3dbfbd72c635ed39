/** What the harness costs: run by {@code bin/bench jenkins}, never as a test. */
package io.jenkins.plugins.shera.harness.bench;
