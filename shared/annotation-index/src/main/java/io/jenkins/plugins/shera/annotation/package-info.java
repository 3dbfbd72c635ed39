/** Writes the annotation indexes by which Jenkins finds symbols, initializers and CLI methods. */
package io.jenkins.plugins.shera.annotation;
