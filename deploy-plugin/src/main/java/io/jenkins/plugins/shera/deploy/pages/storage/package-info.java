/** The tab Storage. */
package io.jenkins.plugins.shera.deploy.pages.storage;
