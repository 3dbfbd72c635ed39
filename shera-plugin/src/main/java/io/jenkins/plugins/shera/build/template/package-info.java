/** What a project need not say itself: the Dockerfile of a usual jar or war, and tags made of branch, commit, build and version. */
package io.jenkins.plugins.shera.build.template;
