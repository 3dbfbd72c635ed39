package io.jenkins.plugins.shera.harness.pipeline;

/** A descriptor of a step that opens blocks although no body follows its name. */
public interface OpensBlocks {}
