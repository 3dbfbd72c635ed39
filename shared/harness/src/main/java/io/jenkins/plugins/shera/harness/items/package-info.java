/** Keeps the items of Jenkins and of folders: in memory and on disk. */
package io.jenkins.plugins.shera.harness.items;
