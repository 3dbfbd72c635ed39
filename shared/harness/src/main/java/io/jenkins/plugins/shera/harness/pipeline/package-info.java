/** Connects running programs with jobs, builds, steps and the flow graph. */
package io.jenkins.plugins.shera.harness.pipeline;
