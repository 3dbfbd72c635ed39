/** Where images live, whatever holds them, and how an image gets there with as few bytes as possible. */
package io.jenkins.plugins.shera.oci.target;
