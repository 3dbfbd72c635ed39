/** Certificates with their keys as PEM: read, judged, and never shown with the key. */
package io.jenkins.plugins.shera.nginx.tls;
