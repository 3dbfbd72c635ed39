package com.cloudbees.plugins.credentials;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import java.io.Serializable;

/** Something that proves who one is. */
public interface Credentials extends Describable<Credentials>, Serializable, ExtensionPoint {
    /** Who may use it. */
    CredentialsScope getScope();

    @Override
    CredentialsDescriptor getDescriptor();
}
