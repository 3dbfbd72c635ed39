package com.cloudbees.plugins.credentials.common;

/** User name and password, with an id. */
public interface StandardUsernamePasswordCredentials extends StandardUsernameCredentials, UsernamePasswordCredentials {}
