/** Recordings of terminal sessions as asciicast v2: written while they go on, read piece by piece; plain Java. */
package io.jenkins.plugins.shera.terminal.recording;
