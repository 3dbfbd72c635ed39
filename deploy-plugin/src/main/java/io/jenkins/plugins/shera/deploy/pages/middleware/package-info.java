/** The tab Middleware. */
package io.jenkins.plugins.shera.deploy.pages.middleware;
