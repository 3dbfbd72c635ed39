/** The step that changes volumes, and what pages and commands ask of them. */
package io.jenkins.plugins.shera.deploy.steps.storage;
