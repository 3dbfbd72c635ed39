/** What tenants ask of their clusters, use there, and may use. */
package io.jenkins.plugins.shera.platform.quota;
