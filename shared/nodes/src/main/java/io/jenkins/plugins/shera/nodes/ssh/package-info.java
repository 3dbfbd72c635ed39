/** Machines that are reached by SSH: a login with a pinned host key, and work done there by a program that comes with it. */
package io.jenkins.plugins.shera.nodes.ssh;
