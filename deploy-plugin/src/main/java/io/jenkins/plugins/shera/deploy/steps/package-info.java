/** The Pipeline steps of this plugin: thin bindings of the domain to Jenkins. */
package io.jenkins.plugins.shera.deploy.steps;
