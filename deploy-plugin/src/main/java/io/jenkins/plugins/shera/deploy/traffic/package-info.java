/** Routers that split traffic with what every cluster has: by pods behind one Service, by a Gateway, by an ingress controller. */
package io.jenkins.plugins.shera.deploy.traffic;
