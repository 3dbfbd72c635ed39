package com.cloudbees.plugins.credentials.common;

/** User name, with an id. */
public interface StandardUsernameCredentials extends StandardCredentials, UsernameCredentials {}
