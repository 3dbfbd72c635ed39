package io.jenkins.plugins.shera.monitoring.agent.kept;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** A secret in a file, which is read each time, so that a replaced one counts at once. */
public final class TokenFile {

    private static final int SHORTEST = 24;
    private static final int LONGEST = 4096;

    private final Path file;

    private TokenFile(Path file) {
        this.file = file;
    }

    /**
     * That of a file which has a secret now.
     *
     * @throws IOException saying what is wrong with it
     */
    public static TokenFile of(Path file) throws IOException {
        TokenFile token = new TokenFile(file);
        token.read();
        return token;
    }

    private String read() throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new IOException(file + " is no file of a secret: it has more than " + LONGEST + " bytes.");
        }
        String secret = Files.readString(file).strip();
        if (secret.length() < SHORTEST) {
            throw new IOException(file + " holds a secret of fewer than " + SHORTEST
                    + " characters. Make one: openssl rand -hex 32.");
        }
        return secret;
    }

    /** Whether an Authorization header shows it as bearer token; how long that takes does not tell how much of it is right. */
    public boolean isShown(String authorization) throws IOException {
        byte[] wanted = ("Bearer " + read()).getBytes(StandardCharsets.UTF_8);
        String given = authorization == null ? "" : authorization;
        return MessageDigest.isEqual(wanted, given.getBytes(StandardCharsets.UTF_8));
    }
}
