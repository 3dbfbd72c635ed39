package io.jenkins.plugins.shera.monitoring.agent.http;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The certificate the agent shows, from PEM files. Files that were replaced count from the next connection on; while they make no
 * certificate, the one before goes on.
 */
final class ServerTls extends X509ExtendedKeyManager {
    private static final Logger LOG = Logger.getLogger(ServerTls.class.getName());
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private final Path certificate;
    private final Path key;
    private Pair current;
    private Pair before;
    private String seen = "";
    private String said = "";
    private int number;

    private record Pair(String alias, X509Certificate[] chain, PrivateKey key) {}

    private ServerTls(Path certificate, Path key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** A server at an address, with TLS where there is a certificate; it answers nothing yet. */
    static HttpServer listen(InetSocketAddress at, Path certificate, Path key) throws IOException {
        if (certificate == null) {
            return HttpServer.create(at, 0);
        }
        HttpsServer https = HttpsServer.create(at, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(of(certificate, key)));
        return https;
    }

    static SSLContext of(Path certificate, Path key) throws IOException {
        ServerTls keys = new ServerTls(certificate, key);
        keys.begin();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("This Java has no TLS: " + e.getMessage(), e);
        }
    }

    private synchronized void begin() throws IOException {
        seen = state();
        current = read();
    }

    private String state() throws IOException {
        StringBuilder state = new StringBuilder();
        for (Path file : List.of(certificate, key)) {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            state.append(now.fileKey()).append(' ').append(now.size()).append(' ');
            state.append(now.lastModifiedTime()).append('\n');
        }
        return state.toString();
    }

    /** The pair that lies on the disk now, or the last one that was whole. */
    private synchronized Pair current() {
        try {
            String now = state();
            if (!now.equals(seen)) {
                seen = now;
                Pair fresh = read();
                before = current;
                current = fresh;
                LOG.log(Level.INFO, "The certificate was replaced by {0}", certificate);
            }
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            LOG.log(why.equals(said) ? Level.FINE : Level.WARNING, "The certificate stays as it was: {0}", why);
            said = why;
        }
        return current;
    }

    private synchronized Pair named(String alias) {
        if (current.alias().equals(alias)) {
            return current;
        }
        return before != null && before.alias().equals(alias) ? before : null;
    }

    private Pair read() throws IOException {
        try {
            byte[] pem = Files.readAllBytes(certificate);
            X509Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .toArray(X509Certificate[]::new);
            if (chain.length == 0) {
                throw new GeneralSecurityException("there is none in the first");
            }
            PrivateKey own = privateKey(key);
            if (!belong(own, chain[0].getPublicKey())) {
                throw new GeneralSecurityException("the key is not that of the first certificate");
            }
            return new Pair("agent" + number++, chain, own);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "The settings 'certificate' and 'key' name " + certificate + " and " + key + ", which make no"
                            + " certificate: " + e.getMessage()
                            + ". Give a PEM chain, the server's own first, and its key.",
                    e);
        }
    }

    private static boolean belong(PrivateKey own, PublicKey shown) throws GeneralSecurityException {
        String algorithm =
                switch (own.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> "Ed25519";
                };
        if (!own.getAlgorithm().equals(shown.getAlgorithm())) {
            return false;
        }
        byte[] something = "shera".getBytes(StandardCharsets.US_ASCII);
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(own);
        signing.update(something);
        byte[] signed = signing.sign();
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(shown);
        verifying.update(something);
        return verifying.verify(signed);
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        Matcher matcher = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new IOException("The setting 'key' names " + file
                    + ", which holds no PKCS#8 key. Make it one: openssl pkcs8 -topk8 -nocrypt.");
        }
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
        for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (GeneralSecurityException e) {
                // It is a key of another kind.
            }
        }
        throw new GeneralSecurityException("the key is neither EC, nor RSA, nor Ed25519");
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        Pair pair = current();
        String kind = pair.key().getAlgorithm();
        boolean fits = keyType.startsWith(kind) || kind.equals("EdDSA") && keyType.startsWith("Ed");
        return fits ? pair.alias() : null;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        Pair pair = named(alias);
        return pair == null ? null : pair.chain().clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        Pair pair = named(alias);
        return pair == null ? null : pair.key();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }
}
