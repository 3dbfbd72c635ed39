/** How a cluster is reached: address, trust, identity, time limits, and what that identity may do there. */
package io.jenkins.plugins.shera.kube.connection;
