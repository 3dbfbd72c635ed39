/** Where each image came from, by digest, kept beside the platform's own files. */
package io.jenkins.plugins.shera.build.records;
