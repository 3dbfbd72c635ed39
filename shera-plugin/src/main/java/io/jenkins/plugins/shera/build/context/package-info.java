/** The files a Dockerfile may copy: found by pattern, never outside the context. */
package io.jenkins.plugins.shera.build.context;
