/** Credentials and rights of folders. */
package com.cloudbees.hudson.plugins.folder.properties;
