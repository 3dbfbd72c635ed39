/** Errands that are done on another machine: how they travel there, begin once, go on to their end, and tell how that was. */
package io.jenkins.plugins.shera.nodes.remote;
