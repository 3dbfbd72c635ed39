/** Logs that outlive their containers, as Loki, Elasticsearch and OpenSearch keep them. */
package io.jenkins.plugins.shera.monitoring.sources.stores;
