package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.UsernameCredentials;
import hudson.Util;

/** Names credentials for people. */
public abstract class CredentialsNameProvider<C extends Credentials> {
    /** The name of the credentials, never with the secret. */
    public static String name(Credentials credentials) {
        String id = credentials instanceof IdCredentials ? ((IdCredentials) credentials).getId() : "";
        String base = credentials instanceof UsernameCredentials
                ? ((UsernameCredentials) credentials).getUsername() + "/******"
                : id;
        String description = credentials instanceof StandardCredentials
                ? Util.fixEmptyAndTrim(((StandardCredentials) credentials).getDescription())
                : null;
        return description == null ? base : base + " (" + description + ")";
    }

    public abstract String getName(C credentials);
}
