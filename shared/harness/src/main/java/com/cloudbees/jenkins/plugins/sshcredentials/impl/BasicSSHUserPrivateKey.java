package com.cloudbees.jenkins.plugins.sshcredentials.impl;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.Secret;
import java.io.Serializable;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A user of SSH with a key. */
public class BasicSSHUserPrivateKey extends BaseSSHUser implements SSHUserPrivateKey {
    private static final long serialVersionUID = 1L;
    private final Secret passphrase;
    private final PrivateKeySource privateKeySource;

    @DataBoundConstructor
    public BasicSSHUserPrivateKey(
            CredentialsScope scope,
            String id,
            String username,
            PrivateKeySource privateKeySource,
            String passphrase,
            String description) {
        super(scope, id, username, description);
        this.privateKeySource = privateKeySource;
        this.passphrase = Util.fixEmpty(passphrase) == null ? null : Secret.fromString(passphrase);
    }

    @Override
    public Secret getPassphrase() {
        return passphrase;
    }

    public PrivateKeySource getPrivateKeySource() {
        return privateKeySource;
    }

    @Override
    @Deprecated
    public String getPrivateKey() {
        List<String> keys = getPrivateKeys();
        return keys.isEmpty() ? "" : keys.get(0);
    }

    @Override
    public synchronized List<String> getPrivateKeys() {
        return privateKeySource.getPrivateKeys();
    }

    /** Its descriptor. */
    @Extension
    @Symbol("basicSSHUserPrivateKey")
    public static class DescriptorImpl extends BaseStandardCredentialsDescriptor {
        @Override
        public String getDisplayName() {
            return "SSH Username with private key";
        }
    }

    /** Where the key comes from. */
    public abstract static class PrivateKeySource extends AbstractDescribableImpl<PrivateKeySource> {
        public abstract List<String> getPrivateKeys();
    }

    /** Descriptor of a {@link PrivateKeySource}. */
    public abstract static class PrivateKeySourceDescriptor extends Descriptor<PrivateKeySource> {}

    /** A key that was typed in. */
    public static class DirectEntryPrivateKeySource extends PrivateKeySource implements Serializable {
        private static final long serialVersionUID = 1L;
        private final Secret privateKey;

        public DirectEntryPrivateKeySource(String privateKey) {
            this(Secret.fromString(privateKey));
        }

        @DataBoundConstructor
        public DirectEntryPrivateKeySource(Secret privateKey) {
            this.privateKey = privateKey;
        }

        public Secret getPrivateKey() {
            return privateKey;
        }

        @Override
        public List<String> getPrivateKeys() {
            return List.of(Secret.toString(privateKey));
        }

        /** Its descriptor. */
        @Extension
        public static class DescriptorImpl extends PrivateKeySourceDescriptor {
            @Override
            public String getDisplayName() {
                return "Enter directly";
            }
        }
    }
}
