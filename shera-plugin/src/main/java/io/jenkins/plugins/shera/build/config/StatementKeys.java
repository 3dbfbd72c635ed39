package io.jenkins.plugins.shera.build.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.util.Secret;
import io.jenkins.plugins.shera.oci.statement.KeyRing;
import io.jenkins.plugins.shera.oci.statement.SigningKey;
import io.jenkins.plugins.shera.oci.statement.TrustedKey;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The key by which this Jenkins signs what it says of images, made at its first use, and those it signed by before. The
 * private halves stand encrypted in {@code shera/statement-keys.xml} and never leave the controller.
 */
@Extension
public class StatementKeys {
    private List<StatementKey> keys;

    /** The one instance. */
    public static StatementKeys get() {
        return ExtensionList.lookupSingleton(StatementKeys.class);
    }

    /** All keys, the one in use last. */
    public synchronized List<StatementKey> all() throws IOException {
        return List.copyOf(read());
    }

    /** The key in use. */
    public synchronized SigningKey signer() throws IOException {
        List<StatementKey> all = read();
        StatementKey last = all.isEmpty() ? null : all.get(all.size() - 1);
        if (last == null || last.isRevoked()) {
            last = add();
        }
        return SigningKey.ofPem(last.secret().getPlainText(), last.getPublicKey());
    }

    /** The keys whose statements count here. */
    public synchronized KeyRing ring() throws IOException {
        List<TrustedKey> trusted = new ArrayList<>();
        Set<String> revoked = new HashSet<>();
        for (StatementKey key : read()) {
            trusted.add(TrustedKey.ofPem(key.getPublicKey()));
            if (key.isRevoked()) {
                revoked.add(key.getId());
            }
        }
        return new KeyRing(trusted, revoked);
    }

    /** Signs by a new key from now on; what the old ones signed goes on to count. */
    public synchronized StatementKey rotate() throws IOException {
        read();
        return add();
    }

    /** Lets nothing count any more that this key signed; the next statement is signed by a new one if it was in use. */
    public synchronized void revoke(String id) throws IOException {
        StatementKey key = read().stream()
                .filter(each -> each.getId().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        Refusal.unknown("key", Messages.StatementKeys_none(id), Messages.StatementKeys_none_next()));
        key.revoke(System.currentTimeMillis());
        write();
    }

    private StatementKey add() throws IOException {
        SigningKey fresh = SigningKey.generate();
        StatementKey key = new StatementKey(
                fresh.trusted().id(),
                fresh.trusted().pem(),
                Secret.fromString(fresh.pem()),
                System.currentTimeMillis());
        keys.add(key);
        write();
        return key;
    }

    private List<StatementKey> read() throws IOException {
        if (keys == null) {
            XmlFile file = file();
            List<StatementKey> found = new ArrayList<>();
            if (file.exists()) {
                for (StatementKey key : (StatementKey[]) file.read()) {
                    found.add(key);
                }
            }
            keys = found;
        }
        return keys;
    }

    private void write() throws IOException {
        Files.createDirectories(SheraConfiguration.get().root());
        file().write(keys.toArray(new StatementKey[0]));
    }

    private static XmlFile file() {
        return new XmlFile(
                SheraConfiguration.get().root().resolve("statement-keys.xml").toFile());
    }
}
