/** What Jenkins asks an nginx to do, as objects that travel to the machine it runs on and are done there. */
package io.jenkins.plugins.shera.nginx.work;
