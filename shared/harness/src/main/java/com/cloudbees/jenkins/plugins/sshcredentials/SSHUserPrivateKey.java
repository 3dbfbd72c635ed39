package com.cloudbees.jenkins.plugins.sshcredentials;

import hudson.util.Secret;
import java.util.List;

/** A user of SSH with a key. */
public interface SSHUserPrivateKey extends SSHUser {
    @Deprecated
    String getPrivateKey();

    Secret getPassphrase();

    List<String> getPrivateKeys();
}
