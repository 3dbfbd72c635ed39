/** Looks at the six built plugin files as Jenkins will. */
package io.jenkins.plugins.shera.demo.hpi;
