/** Which members of its upstreams a node reaches. */
package io.jenkins.plugins.shera.nginx.reach;
