package io.jenkins.plugins.shera.oci.image;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The name of content by its hash, {@code sha256:...} or {@code sha512:...}. */
public final class Digest implements Serializable, Comparable<Digest> {
    private static final long serialVersionUID = 1L;
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");
    private static final int LONGEST = "sha512:".length() + 128;

    private final String text;

    private Digest(String text) {
        this.text = text;
    }

    /** Reads the usual text form; anything else is refused with an {@link IllegalArgumentException}. */
    public static Digest parse(String text) {
        if (!isDigest(text)) {
            throw new IllegalArgumentException(Quoted.of(text)
                    + " is not a digest: it is sha256: and 64, or sha512: and 128, lower-case hexadecimal digits.");
        }
        return new Digest(text);
    }

    /** Whether {@link #parse} takes the text. */
    public static boolean isDigest(String text) {
        return text != null && text.length() <= LONGEST && FORM.matcher(text).matches();
    }

    /** The SHA-256 of these bytes. */
    public static Digest of(byte[] content) {
        return ofHash(sha256().digest(content));
    }

    /** The SHA-256 of the text in UTF-8. */
    public static Digest of(String content) {
        return of(content.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes what a finished SHA-256 gave. */
    public static Digest ofHash(byte[] sha256) {
        return parse("sha256:" + HexFormat.of().formatHex(sha256));
    }

    /** A fresh SHA-256, to be fed while content streams by. */
    public static MessageDigest sha256() {
        return hash("SHA-256");
    }

    /** A fresh hash of this digest's algorithm. */
    public MessageDigest newHash() {
        return hash(algorithm().equals("sha512") ? "SHA-512" : "SHA-256");
    }

    /** Whether the finished hash is the one this digest names. */
    public boolean matches(byte[] hash) {
        return hex().equals(HexFormat.of().formatHex(hash));
    }

    /** {@code sha256} or {@code sha512}. */
    public String algorithm() {
        return text.substring(0, 6);
    }

    /** The hash in lower-case hexadecimal. */
    public String hex() {
        return text.substring(7);
    }

    /** The first twelve hexadecimal digits, for people. */
    public String shortHex() {
        return hex().substring(0, 12);
    }

    private static MessageDigest hash(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + name, e);
        }
    }

    @Override
    public int compareTo(Digest other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest && text.equals(((Digest) other).text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
