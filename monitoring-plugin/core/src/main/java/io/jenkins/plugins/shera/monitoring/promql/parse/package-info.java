/** PromQL that people wrote, read as a tree and kept to one scope: what cannot be read is refused, never passed on. */
package io.jenkins.plugins.shera.monitoring.promql.parse;
