/** The base image of the demo, made on the spot, since no public registry may be in reach. */
package io.jenkins.plugins.shera.demo.image;
