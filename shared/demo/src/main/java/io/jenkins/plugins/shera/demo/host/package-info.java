/** The stand-in for Jenkins as a program of its own: nothing but the harness and the packed plugins is on its class path. */
package io.jenkins.plugins.shera.demo.host;
