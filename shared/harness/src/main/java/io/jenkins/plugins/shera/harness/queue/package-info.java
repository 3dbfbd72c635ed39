/** The running of tasks: futures and threads behind Jenkins' queue. */
package io.jenkins.plugins.shera.harness.queue;
