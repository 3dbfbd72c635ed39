package com.cloudbees.jenkins.plugins.sshcredentials.impl;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUser;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;

/** A user of SSH. */
public class BaseSSHUser extends BaseStandardCredentials implements SSHUser, StandardUsernameCredentials {
    private static final long serialVersionUID = 1L;
    protected final String username;

    public BaseSSHUser(CredentialsScope scope, String id, String username, String description) {
        super(scope, id, description);
        this.username = username;
    }

    @Override
    public String getUsername() {
        return username;
    }
}
