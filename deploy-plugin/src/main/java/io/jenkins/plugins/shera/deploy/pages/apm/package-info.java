/** The tab APM. */
package io.jenkins.plugins.shera.deploy.pages.apm;
