/** Images in a folder on disk, in the OCI image layout. */
package io.jenkins.plugins.shera.oci.layout;
