package io.jenkins.plugins.shera.platform.connection;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Collections;

/** The first private key of a key store with its certificates, as PEM. */
record PemPair(String certificates, String key) {

    static PemPair of(StandardCertificateCredentials credentials) throws IOException {
        try {
            KeyStore store = credentials.getKeyStore();
            char[] password = credentials.getPassword().getPlainText().toCharArray();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    Key key = store.getKey(alias, password);
                    StringBuilder chain = new StringBuilder();
                    for (Certificate certificate : store.getCertificateChain(alias)) {
                        chain.append(pem("CERTIFICATE", certificate.getEncoded()));
                    }
                    return new PemPair(chain.toString(), pem("PRIVATE KEY", key.getEncoded()));
                }
            }
            throw new IOException("the key store of credential " + credentials.getId() + " holds no private key");
        } catch (GeneralSecurityException e) {
            throw new IOException("the key store of credential " + credentials.getId() + " cannot be opened", e);
        }
    }

    private static String pem(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "certificate and key";
    }
}
