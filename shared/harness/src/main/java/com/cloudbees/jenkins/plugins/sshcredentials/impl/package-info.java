/** Keys of SSH as Jenkins keeps them. */
package com.cloudbees.jenkins.plugins.sshcredentials.impl;
