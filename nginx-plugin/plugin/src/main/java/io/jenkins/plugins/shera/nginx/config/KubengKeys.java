package io.jenkins.plugins.shera.nginx.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.util.Secret;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The key by which this Jenkins signs documents for KubeNg nodes, made at its first use, and the token of each node. They stand
 * encrypted in {@code shera/kubeng/keys.xml}.
 */
@Extension
public class KubengKeys {
    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Kept kept;
    private KeyPair pair;

    /** What the file holds. */
    static final class Kept {
        private String publicKey;
        private Secret privateKey;
        private List<KubengToken> tokens = new ArrayList<>();
    }

    /** The one instance. */
    public static KubengKeys get() {
        return ExtensionList.lookupSingleton(KubengKeys.class);
    }

    /** The key by which documents are signed. */
    public synchronized KeyPair signer() throws IOException {
        if (pair == null) {
            Kept all = read();
            try {
                if (all.privateKey == null) {
                    KeyPair fresh = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                    Base64.Encoder base64 = Base64.getEncoder();
                    all.publicKey = base64.encodeToString(fresh.getPublic().getEncoded());
                    all.privateKey = Secret.fromString(
                            base64.encodeToString(fresh.getPrivate().getEncoded()));
                    write();
                }
                KeyFactory factory = KeyFactory.getInstance("Ed25519");
                Base64.Decoder base64 = Base64.getDecoder();
                pair = new KeyPair(
                        factory.generatePublic(new X509EncodedKeySpec(base64.decode(all.publicKey))),
                        factory.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(all.privateKey.getPlainText()))));
            } catch (GeneralSecurityException e) {
                throw new IOException("The key in " + file() + " cannot be read: " + e.getMessage(), e);
            }
        }
        return pair;
    }

    /** The public half, as the file of keys of a node takes it. */
    public String pem() throws IOException {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(signer().getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** Makes a token for the node, in place of the one it had; this is the only time that it is told. */
    public synchronized String renew(String cluster, String node) throws IOException {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Kept all = read();
        all.tokens.removeIf(one -> one.isOf(cluster, node));
        all.tokens.add(new KubengToken(cluster, node, Secret.fromString(token), System.currentTimeMillis()));
        write();
        return token;
    }

    /** Lets the node's token count no more; gives whether it had one. */
    public synchronized boolean revoke(String cluster, String node) throws IOException {
        boolean had = read().tokens.removeIf(one -> one.isOf(cluster, node));
        if (had) {
            write();
        }
        return had;
    }

    /** When the node's token was made, in milliseconds since 1970; 0 for none. */
    public synchronized long madeAt(String cluster, String node) throws IOException {
        return read().tokens.stream()
                .filter(one -> one.isOf(cluster, node))
                .mapToLong(KubengToken::madeAt)
                .findFirst()
                .orElse(0);
    }

    /** Whether this is the node's token. */
    public synchronized boolean isTokenOf(String cluster, String node, String offered) throws IOException {
        byte[] bytes = offered.getBytes(StandardCharsets.UTF_8);
        for (KubengToken one : read().tokens) {
            if (one.isOf(cluster, node)) {
                return MessageDigest.isEqual(bytes, one.token().getPlainText().getBytes(StandardCharsets.UTF_8));
            }
        }
        return false;
    }

    private Kept read() throws IOException {
        if (kept == null) {
            XmlFile file = file();
            kept = file.exists() ? (Kept) file.read() : new Kept();
        }
        return kept;
    }

    private void write() throws IOException {
        Files.createDirectories(folder());
        file().write(kept);
    }

    private static Path folder() {
        return SheraConfiguration.get().root().resolve("kubeng");
    }

    private static XmlFile file() {
        return new XmlFile(folder().resolve("keys.xml").toFile());
    }
}
