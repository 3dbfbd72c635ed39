package com.cloudbees.plugins.credentials.common;

/** Choices among credentials with ids. */
public class StandardListBoxModel extends AbstractIdCredentialsListBoxModel<StandardListBoxModel, StandardCredentials> {
    private static final long serialVersionUID = 1L;
}
