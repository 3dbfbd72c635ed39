/** Layers: written so that the same files give the same bytes, read so that a hostile archive does no harm. */
package io.jenkins.plugins.shera.oci.layer;
