/** What a daemon keeps on its own disk for tenants, and the secrets by which it is spoken to. */
package io.jenkins.plugins.shera.monitoring.agent.kept;
