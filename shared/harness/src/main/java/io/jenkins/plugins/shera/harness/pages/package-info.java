/** The pages of the host: what a browser asks of Jenkins, jobs and builds. */
package io.jenkins.plugins.shera.harness.pages;
