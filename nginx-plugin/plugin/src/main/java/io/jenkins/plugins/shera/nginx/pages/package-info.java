/** The console's pages about nginx, and the same over REST. */
package io.jenkins.plugins.shera.nginx.pages;
