package io.jenkins.plugins.shera.harness.security;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import jenkins.model.Jenkins;

/** Encrypts with AES-GCM under the key in {@code $JENKINS_HOME/secrets}. */
public final class SecretKeys {
    private static final int NONCE = 12;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<File, SecretKeySpec> KEYS = new ConcurrentHashMap<>();

    private SecretKeys() {}

    /** Base64 of nonce and cipher text. */
    public static String encrypt(String plain) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain.getBytes(StandardCharsets.UTF_8));
            byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The plain text, or null when the text was not encrypted by this key. */
    public static String decrypt(String base64) {
        try {
            byte[] all = Base64.getDecoder().decode(base64);
            if (all.length < NONCE) {
                return null;
            }
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE));
            return new String(cipher.doFinal(all, NONCE, all.length - NONCE), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    private static Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key(), new GCMParameterSpec(128, nonce));
        return cipher;
    }

    private static SecretKeySpec key() {
        return KEYS.computeIfAbsent(new File(Jenkins.get().getRootDir(), "secrets/hudson.util.Secret"), file -> {
            try {
                if (!file.exists()) {
                    byte[] fresh = new byte[32];
                    RANDOM.nextBytes(fresh);
                    Files.createDirectories(file.getParentFile().toPath());
                    Files.write(file.toPath(), fresh);
                    file.setReadable(false, false);
                    file.setReadable(true, true);
                }
                return new SecretKeySpec(Files.readAllBytes(file.toPath()), "AES");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
