/** What software an image holds, found in its layers and written as CycloneDX; hostile files cost bounded time and space. */
package io.jenkins.plugins.shera.oci.sbom;
