/** Makes an image of what was changed by hand in a running container: one layer on the image the container came from. */
package io.jenkins.plugins.shera.terminal.pack;
