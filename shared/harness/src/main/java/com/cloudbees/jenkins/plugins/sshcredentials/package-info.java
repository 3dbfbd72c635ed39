/** Keys of SSH. */
package com.cloudbees.jenkins.plugins.sshcredentials;
