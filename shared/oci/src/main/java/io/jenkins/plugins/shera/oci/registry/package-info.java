/** A client of the OCI distribution API: authentication, retries, downloads that are verified, uploads that resume. */
package io.jenkins.plugins.shera.oci.registry;
