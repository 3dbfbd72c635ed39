/** From an application as people describe it to the manifests of a cluster. */
package io.jenkins.plugins.shera.deploy.manifest;
