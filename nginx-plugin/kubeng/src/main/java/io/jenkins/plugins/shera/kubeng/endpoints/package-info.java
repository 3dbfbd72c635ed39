/** From the targets of routes to the addresses they have now, or had when they were last known. */
package io.jenkins.plugins.shera.kubeng.endpoints;
