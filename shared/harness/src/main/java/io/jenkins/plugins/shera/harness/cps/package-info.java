/** Runs a Pipeline script as a program that can be suspended, saved and continued in another JVM. */
package io.jenkins.plugins.shera.harness.cps;
