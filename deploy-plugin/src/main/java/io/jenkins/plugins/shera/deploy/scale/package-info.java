/** How many pods an application has: a fixed number, an autoscaler's bounds, or none until it is woken. */
package io.jenkins.plugins.shera.deploy.scale;
