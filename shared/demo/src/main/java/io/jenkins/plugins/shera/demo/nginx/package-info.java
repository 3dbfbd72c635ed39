/** A proxy that takes nginx's command line and serves the suite's routes, for a machine that has no nginx. */
package io.jenkins.plugins.shera.demo.nginx;
