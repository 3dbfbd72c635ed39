package io.jenkins.plugins.shera.oci.image;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an image: {@code [domain[:port]/]repository[:tag][@digest]}, in the grammar of the distribution project.
 *
 * <p>A first part with a dot, a colon or an upper-case letter, or {@code localhost}, is the domain; there is no built-in default.
 */
public final class ImageReference implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_TEXT = 600;
    private static final Pattern COMPONENT = Pattern.compile("[a-z0-9]+(?:(?:\\.|__|_|-+)[a-z0-9]+)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern DOMAIN = Pattern.compile(
            "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
                    + "|\\[[0-9a-fA-F:]{2,45}\\])(?::[0-9]{1,5})?");

    private final String domain;
    private final String repository;
    private final String tag;
    private final Digest digest;

    private ImageReference(String domain, String repository, String tag, Digest digest) {
        this.domain = domain;
        this.repository = repository;
        this.tag = tag;
        this.digest = digest;
    }

    /** Reads a reference; a name that breaks the grammar is refused with an {@link IllegalArgumentException} that says how. */
    public static ImageReference parse(String text) {
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException(
                    "An image name is missing: give it as repository:tag, e.g. shop/cart:1.0.");
        }
        if (text.length() > LONGEST_TEXT) {
            throw refused(text, "it is longer than " + LONGEST_TEXT + " characters");
        }
        String rest = text;
        Digest digest = null;
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = Digest.parse(rest.substring(at + 1));
            rest = rest.substring(0, at);
        }
        String tag = null;
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = checkTag(rest.substring(colon + 1));
            rest = rest.substring(0, colon);
        }
        int slash = rest.indexOf('/');
        String domain = null;
        if (slash > 0 && looksLikeDomain(rest.substring(0, slash))) {
            domain = checkDomain(rest.substring(0, slash));
            rest = rest.substring(slash + 1);
        }
        checkRepository(text, rest);
        return new ImageReference(domain, rest, tag, digest);
    }

    /** A reference from its repository alone, e.g. {@code shop/cart}; a tag, digest or domain in it is refused. */
    public static ImageReference ofRepository(String repository) {
        ImageReference reference = parse(repository);
        if (reference.tag != null || reference.digest != null || reference.domain != null) {
            throw refused(
                    repository, "only the repository is wanted here, e.g. shop/cart, without registry, tag or digest");
        }
        return reference;
    }

    /** Gives the tag back when it is one, and refuses it otherwise. */
    public static String checkTag(String tag) {
        if (tag == null || !TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException(Quoted.of(tag)
                    + " is not a tag: 1 to 128 letters, digits, '_', '.' or '-', the first no '.' or '-'.");
        }
        return tag;
    }

    /** Gives the {@code host[:port]} back when it is one, and refuses it otherwise. */
    public static String checkDomain(String domain) {
        if (domain == null
                || domain.length() > LONGEST_NAME
                || !DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException(
                    Quoted.of(domain) + " is not a registry: it is host or host:port, e.g. registry.example.org:5000.");
        }
        return domain;
    }

    private static void checkRepository(String whole, String repository) {
        if (repository.length() > LONGEST_NAME) {
            throw refused(whole, "its repository is longer than " + LONGEST_NAME + " characters");
        }
        if (!repository.equals(repository.toLowerCase(Locale.ROOT))) {
            throw refused(whole, "a repository is written in lower case");
        }
        for (String component : repository.split("/", -1)) {
            if (!COMPONENT.matcher(component).matches()) {
                throw refused(
                        whole,
                        "its part " + Quoted.of(component)
                                + " is not made of lower-case letters and digits, joined by '.', '_', '__' or '-'");
            }
        }
    }

    private static boolean looksLikeDomain(String part) {
        return part.equals("localhost")
                || part.indexOf('.') >= 0
                || part.indexOf(':') >= 0
                || !part.equals(part.toLowerCase(Locale.ROOT));
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException(Quoted.of(text) + " is not an image name: " + why + ".");
    }

    /** The registry's {@code host[:port]}, if the reference names one. */
    public Optional<String> domain() {
        return Optional.ofNullable(domain);
    }

    /** The repository below the registry, e.g. {@code shop/cart}. */
    public String repository() {
        return repository;
    }

    /** The tag, if the reference has one. */
    public Optional<String> tag() {
        return Optional.ofNullable(tag);
    }

    /** The digest, if the reference is pinned. */
    public Optional<Digest> digest() {
        return Optional.ofNullable(digest);
    }

    /** What a registry is asked for: the digest, else the tag, else {@code latest}. */
    public String target() {
        return digest != null ? digest.toString() : tag != null ? tag : "latest";
    }

    /** The same repository in another registry. */
    public ImageReference withDomain(String other) {
        return new ImageReference(checkDomain(other), repository, tag, digest);
    }

    /** The same repository under another tag, not pinned. */
    public ImageReference withTag(String other) {
        return new ImageReference(domain, repository, checkTag(other), null);
    }

    /** The same repository pinned to the digest, without a tag. */
    public ImageReference withDigest(Digest pin) {
        return new ImageReference(domain, repository, null, pin);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageReference && toString().equals(other.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return (domain == null ? "" : domain + "/")
                + repository
                + (tag == null ? "" : ":" + tag)
                + (digest == null ? "" : "@" + digest);
    }
}
