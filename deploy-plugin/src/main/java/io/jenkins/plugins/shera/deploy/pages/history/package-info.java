/** The tab History. */
package io.jenkins.plugins.shera.deploy.pages.history;
