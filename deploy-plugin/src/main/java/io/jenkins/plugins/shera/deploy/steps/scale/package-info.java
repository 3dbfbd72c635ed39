/** The step {@code scaleApplication}, and what pages and commands ask of the number of pods. */
package io.jenkins.plugins.shera.deploy.steps.scale;
