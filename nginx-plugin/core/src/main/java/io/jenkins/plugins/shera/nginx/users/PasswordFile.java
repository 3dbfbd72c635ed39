package io.jenkins.plugins.shera.nginx.users;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who may come through a route, as nginx reads it: {@code name:hash}, one a line. Its text is for nodes alone. */
public final class PasswordFile implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 64 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}");
    private static final Pattern LINE =
            Pattern.compile("(" + NAME.pattern() + "):\\$6\\$[A-Za-z0-9./]{1,16}\\$[A-Za-z0-9./]{86}");

    private final String text;

    private PasswordFile(String text) {
        this.text = text;
    }

    /**
     * Refuses anything but names with hashes of the kind SHA-512 crypt.
     *
     * @throws InvalidRouteException without a word of what is in it
     */
    public static PasswordFile of(String text) throws InvalidRouteException {
        Set<String> names = new HashSet<>();
        if (text.isEmpty() || text.length() > LONGEST || !text.endsWith("\n")) {
            throw new InvalidRouteException(
                    "A password file is empty, longer than " + LONGEST + " letters, or cut off.");
        }
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new InvalidRouteException(
                        "A line of a password file is not a name with a hash of the kind SHA-512 crypt ($6$).");
            }
            if (!names.add(parts.group(1))) {
                throw new InvalidRouteException(
                        "The user '" + parts.group(1) + "' is there twice. Leave one of them out.");
            }
        }
        return new PasswordFile(text);
    }

    /** Whether nginx can tell this name from the rest of a line. */
    public static boolean isName(String name) {
        return name != null && NAME.matcher(name).matches();
    }

    /** For the node alone. */
    public String text() {
        return text;
    }

    /** SHA-256 over the text, by which routes name it. */
    public String version() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "password file " + version();
    }
}
