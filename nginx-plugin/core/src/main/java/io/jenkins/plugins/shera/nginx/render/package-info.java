/** From routes to the files an nginx node includes, and back from what lies on the node. */
package io.jenkins.plugins.shera.nginx.render;
