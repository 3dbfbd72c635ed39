/** One machine with an nginx: test with its own binary, reload, and proof that the workers serve what was written. */
package io.jenkins.plugins.shera.nginx.node;
