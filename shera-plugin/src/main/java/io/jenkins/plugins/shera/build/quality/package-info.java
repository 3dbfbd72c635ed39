/** What is known of the quality of one state of the source, between the step that asks and the step that labels. */
package io.jenkins.plugins.shera.build.quality;
