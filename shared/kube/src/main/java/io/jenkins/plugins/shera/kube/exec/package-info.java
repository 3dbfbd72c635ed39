/** Commands in containers, and attachments to them, over Kubernetes' WebSocket protocols of remote commands. */
package io.jenkins.plugins.shera.kube.exec;
