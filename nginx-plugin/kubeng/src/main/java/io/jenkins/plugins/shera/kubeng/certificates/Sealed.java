package io.jenkins.plugins.shera.kubeng.certificates;

import io.jenkins.plugins.shera.kubeng.intended.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Files that are encrypted and authenticated (AES-256-GCM) by a key beside them, all for their owner alone. */
final class Sealed {
    private static final String KEY = "seal.key";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;

    Sealed(Path folder) {
        this.folder = folder;
    }

    void write(String name, byte[] content) throws IOException, GeneralSecurityException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        byte[] nonce = random(NONCE_BYTES);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(content);
        byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
        SafeFile.writeSecret(folder.resolve(name), whole);
    }

    byte[] read(String name) throws IOException, GeneralSecurityException {
        byte[] whole = Files.readAllBytes(folder.resolve(name));
        if (whole.length <= NONCE_BYTES) {
            throw new GeneralSecurityException("the file is cut off");
        }
        byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
        return cipher(Cipher.DECRYPT_MODE, nonce, name).doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws IOException, GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private byte[] key() throws IOException {
        Path file = folder.resolve(KEY);
        if (Files.isRegularFile(file)) {
            byte[] kept = Files.readAllBytes(file);
            if (kept.length == KEY_BYTES) {
                return kept;
            }
        }
        byte[] fresh = random(KEY_BYTES);
        SafeFile.writeSecret(file, fresh);
        return fresh;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
