/** Finds extensions, symbols and other indexed classes through the index files that Jenkins reads. */
package io.jenkins.plugins.shera.harness.extension;
