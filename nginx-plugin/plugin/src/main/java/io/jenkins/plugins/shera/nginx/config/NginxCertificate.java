package io.jenkins.plugins.shera.nginx.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.Secret;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.tls.InvalidCertificateException;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A certificate of an nginx cluster, with its key as it was given, or followed in a Secret of Kubernetes. */
public class NginxCertificate extends AbstractDescribableImpl<NginxCertificate> {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern SECRET = Pattern.compile("[a-z0-9.-]{1,63}/[a-z0-9-]{1,63}/[a-z0-9.-]{1,253}");

    private final String nginx;
    private final String name;
    private String tenant = "";
    private String chain = "";
    private Secret key;
    private String secret = "";
    private String foundChain = "";
    private Secret foundKey;

    /** {@code nginx} is the id of the cluster, {@code name} what routes name it by. */
    @DataBoundConstructor
    public NginxCertificate(String nginx, String name) {
        this.nginx = nginx;
        this.name = name;
    }

    public String getNginx() {
        return nginx;
    }

    public String getName() {
        return name;
    }

    /** Id of the tenant that alone may use it; empty for every tenant of the cluster. */
    public String getTenant() {
        return Util.fixNull(tenant);
    }

    @DataBoundSetter
    public void setTenant(String tenant) {
        this.tenant = Util.fixNull(tenant).trim();
    }

    /** The certificate and those that signed it, as PEM; empty where it is followed. */
    public String getChain() {
        return Util.fixNull(chain);
    }

    @DataBoundSetter
    public void setChain(String chain) {
        this.chain = Util.fixNull(chain);
    }

    /** Its private key as PEM; null where it is followed. */
    public Secret getKey() {
        return key;
    }

    @DataBoundSetter
    public void setKey(Secret key) {
        this.key = key;
    }

    /** {@code cluster/namespace/name} of a Secret of the type kubernetes.io/tls that is followed; empty for none. */
    public String getSecret() {
        return Util.fixNull(secret);
    }

    @DataBoundSetter
    public void setSecret(String secret) {
        this.secret = Util.fixNull(secret).trim();
    }

    /** As routes name it: {@code <tenant>/<name>}. */
    public String id() {
        return getTenant() + "/" + name;
    }

    /** Whether it is followed in Kubernetes. */
    public boolean isFollowed() {
        return !getSecret().isEmpty();
    }

    boolean isOf(String cluster, String id) {
        return cluster.equals(nginx) && id.equals(id());
    }

    /** The same with what was found in its Secret. */
    public NginxCertificate holding(CertificatePair pair) {
        NginxCertificate held = new NginxCertificate(nginx, name);
        held.tenant = getTenant();
        held.secret = getSecret();
        if (isFollowed()) {
            held.foundChain = pair.chain();
            held.foundKey = Secret.fromString(pair.key());
        } else {
            held.chain = pair.chain();
            held.key = Secret.fromString(pair.key());
        }
        return held;
    }

    /** What an entry that follows the same Secret already found. */
    void keepFound(NginxCertificate before) {
        if (isFollowed() && before.getSecret().equals(getSecret())) {
            foundChain = before.foundChain;
            foundKey = before.foundKey;
        }
    }

    /** Certificate and key as they are kept here, be they over by now; empty while a Secret was never read. */
    public Optional<CertificatePair> pair() throws InvalidCertificateException {
        String certificates = isFollowed() ? Util.fixNull(foundChain) : getChain();
        Secret own = isFollowed() ? foundKey : key;
        if (certificates.isEmpty() || own == null) {
            return Optional.empty();
        }
        return Optional.of(CertificatePair.whenever(certificates, own.getPlainText()));
    }

    /** Refuses names that could not stand in addresses, and what is neither given nor followed. */
    public void check() {
        String where = "certificate " + id();
        if (name == null || !LABEL.matcher(name).matches()) {
            throw Refusal.input("name", Messages.NginxCertificate_label(), Messages.NginxCertificate_label_next());
        }
        if (isFollowed() && !SECRET.matcher(getSecret()).matches()) {
            throw Refusal.input("secret", Messages.NginxCertificate_secret(), Messages.NginxCertificate_secret_next());
        }
        if (isFollowed() == (!getChain().isEmpty() || key != null)) {
            throw Refusal.input(where, Messages.NginxCertificate_either(), Messages.NginxCertificate_either_next());
        }
        if (!isFollowed()) {
            try {
                CertificatePair.of(getChain(), key == null ? "" : key.getPlainText(), Instant.now());
            } catch (InvalidCertificateException e) {
                throw Refusal.input(where, e.getMessage(), "");
            }
        }
    }

    @Extension
    @Symbol("nginxCertificate")
    public static final class DescriptorImpl extends Descriptor<NginxCertificate> {
        @Override
        public String getDisplayName() {
            return Messages.NginxCertificate_displayName();
        }
    }
}
