/** What really runs of an application, as its cluster tells. */
package io.jenkins.plugins.shera.platform.running;
