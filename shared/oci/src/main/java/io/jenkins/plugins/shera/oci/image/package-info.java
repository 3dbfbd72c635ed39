/** What an image is made of: names, digests, manifests, configurations, platforms; no input or output. */
package io.jenkins.plugins.shera.oci.image;
