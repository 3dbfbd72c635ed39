/** The Ingress and HTTPRoute objects of the clusters this node may watch, as they were last known, and what becomes of each. */
package io.jenkins.plugins.shera.kubeng.objects;
