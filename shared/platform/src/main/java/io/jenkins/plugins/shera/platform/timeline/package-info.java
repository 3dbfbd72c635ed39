/** What happened to one application, newest first. */
package io.jenkins.plugins.shera.platform.timeline;
