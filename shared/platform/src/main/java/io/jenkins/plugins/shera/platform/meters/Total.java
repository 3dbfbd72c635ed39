package io.jenkins.plugins.shera.platform.meters;

import java.util.function.LongSupplier;

/**
 * A figure for meters that know no labels, such as those of the Metrics plugin; it names no tenant.
 *
 * @param name as {@code terminal.sessions}, the same for as long as Jenkins runs
 * @param value as it is now, in pieces; it is read as SYSTEM and must ask no other server
 */
public record Total(String name, LongSupplier value) {}
