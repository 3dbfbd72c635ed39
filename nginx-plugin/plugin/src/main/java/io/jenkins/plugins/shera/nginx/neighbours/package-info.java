/** What this plugin gives to the others through the extension points of the platform. */
package io.jenkins.plugins.shera.nginx.neighbours;
