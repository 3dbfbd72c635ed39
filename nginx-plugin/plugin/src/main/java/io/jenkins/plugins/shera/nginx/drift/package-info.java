/** Looks for drift of nginx nodes by itself, and tells it once. */
package io.jenkins.plugins.shera.nginx.drift;
