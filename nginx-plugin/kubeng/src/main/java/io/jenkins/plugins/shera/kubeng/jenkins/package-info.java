/** The way from the daemon to Jenkins: documents are asked for, the node's state is told. */
package io.jenkins.plugins.shera.kubeng.jenkins;
