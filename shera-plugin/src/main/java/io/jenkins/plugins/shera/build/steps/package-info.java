/** The Pipeline steps: they check what is asked, run the domain on the agent, and tell users how it ended. */
package io.jenkins.plugins.shera.build.steps;
