package io.jenkins.plugins.shera.nginx.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A real TLS handshake with the nginx of this machine, which trusts one certificate and nothing else. */
final class Handshake {
    private static final int LIMIT_MILLIS = 3000;

    private Handshake() {}

    /** Ends well only if the server shows this certificate for this name, and has its key. */
    static void expect(int port, String host, X509Certificate expected) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Only(expected)}, null);
            try (Socket plain = new Socket()) {
                plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
                plain.setSoTimeout(LIMIT_MILLIS);
                try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
                    SSLParameters parameters = socket.getSSLParameters();
                    parameters.setServerNames(List.of(new SNIHostName(host)));
                    socket.setSSLParameters(parameters);
                    socket.startHandshake();
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("This Java has no TLS: " + e.getMessage(), e);
        }
    }

    private static final class Only extends X509ExtendedTrustManager {
        private final X509Certificate expected;

        private Only(X509Certificate expected) {
            super();
            this.expected = expected;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (!chain[0].equals(expected)) {
                throw new CertificateException("it shows the certificate of "
                        + chain[0].getSubjectX500Principal().getName() + " with the serial number "
                        + chain[0].getSerialNumber().toString(16));
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            throw new CertificateException("no client is trusted here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, kind);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, kind);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
