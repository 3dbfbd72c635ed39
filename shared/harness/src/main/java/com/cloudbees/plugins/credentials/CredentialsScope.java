package com.cloudbees.plugins.credentials;

import java.io.Serializable;
import java.util.Locale;

/** Who may use credentials. */
public enum CredentialsScope implements Serializable {
    SYSTEM,
    GLOBAL,
    USER;

    public String getDisplayName() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ENGLISH);
    }
}
