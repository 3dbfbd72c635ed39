/** Containers of a docker engine, by its own API over a unix socket or TLS: looked at, entered, read, written; no Jenkins. */
package io.jenkins.plugins.shera.terminal.docker;
