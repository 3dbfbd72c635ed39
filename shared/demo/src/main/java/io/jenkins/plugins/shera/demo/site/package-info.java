/** A Jenkins with the packed plugins, the servers beside it, two tenants, and what a visitor does there. */
package io.jenkins.plugins.shera.demo.site;
