/** The nginx configuration language as a typed tree, and the one function that writes it as text. */
package io.jenkins.plugins.shera.nginx.language;
