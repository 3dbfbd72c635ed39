package io.jenkins.plugins.shera.platform.health;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Reads until when the certificate of a server is valid; trusts nobody and so ends every handshake once it has seen it. */
final class ServerCertificate {

    private static final int LIMIT_MILLIS = 3000;
    private static final int HTTPS = 443;

    private ServerCertificate() {}

    /** Null for what is not https, or shows none in time. */
    static Instant until(URI address) {
        if (address == null || !"https".equalsIgnoreCase(address.getScheme()) || address.getHost() == null) {
            return null;
        }
        AtomicReference<Instant> until = new AtomicReference<>();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Reader(until)}, null);
            int port = address.getPort() < 0 ? HTTPS : address.getPort();
            try (Socket plain = new Socket()) {
                plain.connect(new InetSocketAddress(address.getHost(), port), LIMIT_MILLIS);
                plain.setSoTimeout(LIMIT_MILLIS);
                try (SSLSocket socket =
                        (SSLSocket) context.getSocketFactory().createSocket(plain, address.getHost(), port, true)) {
                    socket.startHandshake();
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            // As it must: nobody is trusted. What was shown before that is in `until`.
        }
        return until.get();
    }

    private record Reader(AtomicReference<Instant> until) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            throw new CertificateException("no client is trusted here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            Instant first = null;
            for (X509Certificate certificate : chain) {
                Instant end = certificate.getNotAfter().toInstant();
                first = first == null || end.isBefore(first) ? end : first;
            }
            until.set(first);
            throw new CertificateException("it was only read");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
