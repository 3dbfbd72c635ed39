/** Debug tools: bundles pinned by digest, and the variant of an image that has them on top. */
package io.jenkins.plugins.shera.build.tools;
