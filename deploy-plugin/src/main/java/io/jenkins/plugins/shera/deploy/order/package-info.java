/** What orders to a cluster have in common, whatever they change. */
package io.jenkins.plugins.shera.deploy.order;
