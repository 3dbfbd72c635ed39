/** Which images of a repository are needed no more, decided by digest, and how they go: plain Java. */
package io.jenkins.plugins.shera.build.retention;
