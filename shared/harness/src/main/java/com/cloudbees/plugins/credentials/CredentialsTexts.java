package com.cloudbees.plugins.credentials;

import org.jvnet.localizer.Localizable;
import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of the permissions on credentials. */
final class CredentialsTexts {
    private CredentialsTexts() {}

    static Localizable text(String key) {
        return new Localizable(ResourceBundleHolder.get(CredentialsTexts.class), key);
    }
}
