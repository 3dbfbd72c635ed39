/** Files that people write for an nginx cluster, beside the routes that are made for it: what they may say, and how they lie on a node. */
package io.jenkins.plugins.shera.nginx.site;
