/** How many threads, sockets and open files the containers of this node have, as the kernel says it in /proc. */
package io.jenkins.plugins.shera.monitoring.agent.processes;
