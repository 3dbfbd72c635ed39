/** The basic steps that every Pipeline has. */
package io.jenkins.plugins.shera.harness.steps;
