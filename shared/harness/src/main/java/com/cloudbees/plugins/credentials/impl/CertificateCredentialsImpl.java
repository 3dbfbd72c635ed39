package com.cloudbees.plugins.credentials.impl;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A key with its certificate, as PKCS#12. */
public class CertificateCredentialsImpl extends BaseStandardCredentials implements StandardCertificateCredentials {
    private static final long serialVersionUID = 1L;
    private final KeyStoreSource keyStoreSource;
    private final Secret password;

    @DataBoundConstructor
    public CertificateCredentialsImpl(
            CredentialsScope scope, String id, String description, String password, KeyStoreSource keyStoreSource) {
        super(scope, id, description);
        this.password = Secret.fromString(password);
        this.keyStoreSource = Objects.requireNonNull(keyStoreSource);
    }

    @Override
    public Secret getPassword() {
        return password;
    }

    public KeyStoreSource getKeyStoreSource() {
        return keyStoreSource;
    }

    @Override
    public KeyStore getKeyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(
                    new ByteArrayInputStream(keyStoreSource.getKeyStoreBytes()),
                    password.getPlainText().toCharArray());
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the key store of the credentials " + getId() + " cannot be opened", e);
        }
    }

    /** Its descriptor. */
    @Extension
    @Symbol("certificate")
    public static class DescriptorImpl extends BaseStandardCredentialsDescriptor {
        @Override
        public String getDisplayName() {
            return "Certificate";
        }
    }

    /** Where the key store comes from. */
    public abstract static class KeyStoreSource extends AbstractDescribableImpl<KeyStoreSource>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        public abstract byte[] getKeyStoreBytes();
    }

    /** A key store that was uploaded. */
    public static class UploadedKeyStoreSource extends KeyStoreSource implements Serializable {
        private static final long serialVersionUID = 1L;
        private final SecretBytes uploadedKeystoreBytes;

        public UploadedKeyStoreSource(SecretBytes uploadedKeystore) {
            this.uploadedKeystoreBytes = uploadedKeystore;
        }

        @Override
        public byte[] getKeyStoreBytes() {
            return uploadedKeystoreBytes.getPlainData();
        }

        /** Its descriptor. */
        @Extension
        public static class DescriptorImpl extends Descriptor<KeyStoreSource> {
            @Override
            public String getDisplayName() {
                return "Upload PKCS#12 certificate and key";
            }
        }
    }
}
