/** The volumes of applications: claims, storage classes, snapshots, and who may write. */
package io.jenkins.plugins.shera.deploy.storage;
