/** The steps that deploy middleware and change its credentials, and what pages and commands ask of it. */
package io.jenkins.plugins.shera.deploy.steps.middleware;
