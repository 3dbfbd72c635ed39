/** Manifests that people hand to us: read with limits, and held against what a tenant may ask for. */
package io.jenkins.plugins.shera.kube.manifest;
