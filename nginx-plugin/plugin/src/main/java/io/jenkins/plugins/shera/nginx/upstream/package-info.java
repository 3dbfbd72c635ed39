/** Where the members of an upstream come from: a Kubernetes Service, or addresses a person names. */
package io.jenkins.plugins.shera.nginx.upstream;
