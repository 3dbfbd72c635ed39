/** Builds an image from a Dockerfile without a daemon: a layer for each COPY, the same bytes for the same input. */
package io.jenkins.plugins.shera.build.image;
