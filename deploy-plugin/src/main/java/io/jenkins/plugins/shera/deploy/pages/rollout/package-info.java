/** The tab Releases of an application: what is rolled out, live, and the verbs. */
package io.jenkins.plugins.shera.deploy.pages.rollout;
