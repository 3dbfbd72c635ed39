/** What somebody trusted says of an image, signed, and kept beside it in the registry in the format of cosign. */
package io.jenkins.plugins.shera.oci.statement;
