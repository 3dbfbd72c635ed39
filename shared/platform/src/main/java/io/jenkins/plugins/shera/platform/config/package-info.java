/** What should be: tenants, applications, environments, clusters and registries, kept as files below Jenkins' home. */
package io.jenkins.plugins.shera.platform.config;
