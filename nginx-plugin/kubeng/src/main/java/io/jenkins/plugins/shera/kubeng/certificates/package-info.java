/** Certificates with their keys and password files that routes name, as this node got them from Jenkins and keeps them. */
package io.jenkins.plugins.shera.kubeng.certificates;
