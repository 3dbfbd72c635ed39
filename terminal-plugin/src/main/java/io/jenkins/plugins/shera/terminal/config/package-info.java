/** Settings of the terminal that hold for the whole platform. */
package io.jenkins.plugins.shera.terminal.config;
