/** The documents of the project: that their links lead somewhere, and that the translations follow. */
package io.jenkins.plugins.shera.demo.docs;
