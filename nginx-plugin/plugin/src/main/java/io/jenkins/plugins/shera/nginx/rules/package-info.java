/** Rules of routes as people write them in forms, scripts and requests. */
package io.jenkins.plugins.shera.nginx.rules;
