/** The program that does one work for Jenkins on a machine without daemon and agent, and what it and Jenkins tell each other. */
package io.jenkins.plugins.shera.nginx.remote;
