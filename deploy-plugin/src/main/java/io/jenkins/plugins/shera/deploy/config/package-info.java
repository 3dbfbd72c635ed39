/** What the administrator of the platform sets for deployments. */
package io.jenkins.plugins.shera.deploy.config;
