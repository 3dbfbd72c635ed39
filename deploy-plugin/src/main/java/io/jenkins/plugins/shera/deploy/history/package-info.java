/** The revisions of an application that its cluster keeps. */
package io.jenkins.plugins.shera.deploy.history;
