/** What this plugin adds to the pages of an application, as REST. */
package io.jenkins.plugins.shera.deploy.pages;
