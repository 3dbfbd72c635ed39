/** Reads an nginx configuration that people wrote by hand, and tells what of it becomes routes, what files of their own, and what stays where it is. */
package io.jenkins.plugins.shera.nginx.imports;
