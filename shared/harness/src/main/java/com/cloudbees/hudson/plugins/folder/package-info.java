/** Folders and what can be added to them. */
package com.cloudbees.hudson.plugins.folder;
