package io.jenkins.plugins.shera.oci.registry;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** User and password for a registry, or none; never printed. */
public final class RegistryCredentials implements Serializable {
    /** Asks as nobody. */
    public static final RegistryCredentials NONE = new RegistryCredentials("", "");

    private static final long serialVersionUID = 1L;

    private final String user;
    private final String password;

    /** The password may be a token. */
    public RegistryCredentials(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /** Whether there is anything to send. */
    public boolean isPresent() {
        return !user.isEmpty() || !password.isEmpty();
    }

    String basic() {
        return "Basic " + pair();
    }

    /** User and password as HTTP's Basic scheme and docker's config.json have them: a secret. */
    public String pair() {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return isPresent() ? "credentials of " + user : "no credentials";
    }
}
