/** The tab Scale of an application. */
package io.jenkins.plugins.shera.deploy.pages.scale;
