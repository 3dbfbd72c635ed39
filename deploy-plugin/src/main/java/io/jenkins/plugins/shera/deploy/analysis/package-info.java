/** Whether a canary is good enough: what is measured, and the verdict as a pure function of the measurements. */
package io.jenkins.plugins.shera.deploy.analysis;
