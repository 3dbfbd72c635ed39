package io.jenkins.plugins.shera.nginx.tls;

/** A certificate cannot be used; the message says what is wrong and what to do, and holds nothing of the key. */
public final class InvalidCertificateException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The message is shown to the user as it is. */
    public InvalidCertificateException(String message) {
        super(message);
    }
}
