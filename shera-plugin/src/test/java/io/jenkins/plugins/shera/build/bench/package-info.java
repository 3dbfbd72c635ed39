/** What building and pushing an image costs, beside docker in the same run. */
package io.jenkins.plugins.shera.build.bench;
