/** A first test of what people wrote, by the node's own nginx in a cage: without network, keys, privileges or much memory. */
package io.jenkins.plugins.shera.nginx.trial;
