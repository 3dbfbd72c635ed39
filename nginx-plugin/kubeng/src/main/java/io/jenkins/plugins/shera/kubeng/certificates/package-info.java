/** Certificates and keys that routes show, as this node got them from Jenkins and keeps them. */
package io.jenkins.plugins.shera.kubeng.certificates;
