package io.jenkins.plugins.shera.platform.meters;

import java.util.Map;

/**
 * One state at the moment of a scrape.
 *
 * @param name as {@code shera_terminal_sessions}; one name has always the same help and the same labels
 * @param help what it is, in a sentence
 * @param labels few values each: never an id that grows with time
 * @param value in base units: seconds, bytes, pieces
 */
public record Reading(String name, String help, Map<String, String> labels, double value) {}
