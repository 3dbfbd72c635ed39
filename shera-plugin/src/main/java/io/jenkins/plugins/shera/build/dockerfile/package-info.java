/** The language of Dockerfiles: read with positions, checked, not executed. */
package io.jenkins.plugins.shera.build.dockerfile;
