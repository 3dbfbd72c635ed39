package io.jenkins.plugins.shera.build.config;

import hudson.util.Secret;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One key pair, as it is saved: the private half encrypted by Jenkins. */
@ExportedBean(defaultVisibility = 2)
public final class StatementKey {
    private final String id;
    private final String publicKey;
    private final Secret privateKey;
    private final long created;
    private long revoked;

    StatementKey(String id, String publicKey, Secret privateKey, long created) {
        this.id = id;
        this.publicKey = publicKey;
        this.privateKey = privateKey;
        this.created = created;
    }

    /** The first digits of the public half's SHA-256; stands in every statement's record. */
    @Exported
    public String getId() {
        return id;
    }

    /** The public half in PEM. */
    @Exported
    public String getPublicKey() {
        return publicKey;
    }

    /** Milliseconds since 1970. */
    @Exported
    public long getCreated() {
        return created;
    }

    /** Whether nothing it signed counts any more. */
    @Exported
    public boolean isRevoked() {
        return revoked > 0;
    }

    Secret secret() {
        return privateKey;
    }

    void revoke(long now) {
        if (revoked == 0) {
            revoked = now;
        }
    }
}
