package io.jenkins.plugins.shera.nginx.language;

/**
 * One word of a configuration file as it stands there.
 *
 * @param before white space and comments in front of it
 * @param raw its letters in the file, quotes included
 * @param text what nginx reads: quotes taken off, backslashes resolved
 * @param line counted from 1
 */
public record Word(String before, String raw, String text, int line) {}
