/** What tabs that list something for each environment of an application have in common. */
package io.jenkins.plugins.shera.deploy.pages.place;
