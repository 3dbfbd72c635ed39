/** What the nodes that Jenkins pushes to answered: read from their logs, for the page, for Prometheus and for pushes in stages. */
package io.jenkins.plugins.shera.nginx.traffic;
