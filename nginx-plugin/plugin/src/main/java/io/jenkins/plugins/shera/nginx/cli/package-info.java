/** Commands of Jenkins' command line about nginx clusters. */
package io.jenkins.plugins.shera.nginx.cli;
