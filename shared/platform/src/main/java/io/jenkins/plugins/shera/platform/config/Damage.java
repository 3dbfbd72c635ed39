package io.jenkins.plugins.shera.platform.config;

/** A stored file that could not be read: its path below the store, and why. */
public record Damage(String file, String why) {}
