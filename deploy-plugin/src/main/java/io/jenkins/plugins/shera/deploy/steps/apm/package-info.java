/** The APM switch as steps, pages and commands use it. */
package io.jenkins.plugins.shera.deploy.steps.apm;
