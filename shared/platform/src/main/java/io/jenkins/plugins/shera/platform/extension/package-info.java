/** What the plugins of the suite offer to one another, found at run time. */
package io.jenkins.plugins.shera.platform.extension;
