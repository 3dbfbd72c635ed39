/** Builds as users set them up: what is asked, the readable script made of it, the job that carries it, uploaded files, triggers. */
package io.jenkins.plugins.shera.build.projects;
