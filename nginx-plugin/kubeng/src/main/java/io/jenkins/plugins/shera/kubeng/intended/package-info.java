/** The signed documents of Jenkins as they come in and lie on the node's disk. */
package io.jenkins.plugins.shera.kubeng.intended;
