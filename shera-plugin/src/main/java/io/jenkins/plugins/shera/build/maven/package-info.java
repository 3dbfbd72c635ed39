/** The Maven build before the image: its command read into words, never given to a shell. */
package io.jenkins.plugins.shera.build.maven;
