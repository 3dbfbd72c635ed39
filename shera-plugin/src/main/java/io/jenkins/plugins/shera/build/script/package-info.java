/** The short readable Pipeline script of a project: written from its settings, and read back. */
package io.jenkins.plugins.shera.build.script;
