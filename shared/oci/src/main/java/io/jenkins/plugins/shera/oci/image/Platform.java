package io.jenkins.plugins.shera.oci.image;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Pattern;

/** Operating system and processor an image is for, {@code os/architecture[/variant]}, in Go's words. */
public final class Platform implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern FORM = Pattern.compile("([a-z0-9_]{1,32})/([a-z0-9_]{1,32})(?:/([a-z0-9_]{1,32}))?");

    private final String os;
    private final String architecture;
    private final String variant;

    /** The variant may be empty. */
    public Platform(String os, String architecture, String variant) {
        this.os = os;
        this.architecture = architecture;
        this.variant = variant == null ? "" : variant;
    }

    /** Reads {@code linux/amd64} or {@code linux/arm/v7}. */
    public static Platform parse(String text) {
        var matcher = FORM.matcher(text == null ? "" : text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is not a platform: it is os/architecture, e.g. linux/amd64 or linux/arm64/v8.");
        }
        return new Platform(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    /** Linux on the processor this JVM runs on. */
    public static Platform ofThisMachine() {
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return new Platform("linux", arch.equals("x86_64") ? "amd64" : arch.equals("aarch64") ? "arm64" : arch, "");
    }

    /** Whether an image for {@code offered} runs here; an unnamed variant on either side fits. */
    public boolean accepts(Platform offered) {
        return os.equals(offered.os)
                && architecture.equals(offered.architecture)
                && (variant.isEmpty() || offered.variant.isEmpty() || variant.equals(offered.variant));
    }

    /** {@code linux}, {@code windows}, ... */
    public String os() {
        return os;
    }

    /** {@code amd64}, {@code arm64}, ... */
    public String architecture() {
        return architecture;
    }

    /** {@code v7}, {@code v8}, ... or empty. */
    public String variant() {
        return variant;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Platform && toString().equals(other.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
