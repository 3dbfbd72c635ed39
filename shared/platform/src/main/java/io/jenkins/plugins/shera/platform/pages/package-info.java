/** The console: thin shells and the small views that pages and REST read. */
package io.jenkins.plugins.shera.platform.pages;
