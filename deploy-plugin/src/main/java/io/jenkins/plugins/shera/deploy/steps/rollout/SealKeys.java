package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.util.Secret;
import io.jenkins.plugins.shera.deploy.canary.Seal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jenkins.model.Jenkins;

/** The keys that sign rollouts: one of this Jenkins, kept encrypted in {@code $JENKINS_HOME/shera}, and from it one for each tenant. */
@Extension
public class SealKeys implements ExtensionPoint {

    private static final SecureRandom RANDOM = new SecureRandom();

    private byte[] key;

    /** The one instance. */
    static SealKeys get() {
        return ExtensionList.lookupSingleton(SealKeys.class);
    }

    /** The tenant's seal. */
    Seal of(String tenant) {
        return new Seal(derived(tenant));
    }

    /** A key of the tenant for another purpose, which tells nothing of the seal. */
    public static byte[] of(String tenant, String purpose) {
        return get().derived(purpose + "\0" + tenant);
    }

    private synchronized byte[] derived(String of) {
        try {
            if (key == null) {
                key = load();
            }
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(of.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or make the key that signs rollouts", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] load() throws IOException {
        Path folder = Jenkins.get().getRootDir().toPath().resolve("shera");
        Path file = folder.resolve("rollout.key");
        if (Files.exists(file)) {
            Secret kept = Secret.decrypt(Files.readString(file).trim());
            if (kept != null) {
                return HexFormat.of().parseHex(kept.getPlainText());
            }
        }
        byte[] made = new byte[32];
        RANDOM.nextBytes(made);
        Files.createDirectories(folder);
        Path beside = Files.createTempFile(folder, "rollout", ".key");
        Files.writeString(
                beside, Secret.fromString(HexFormat.of().formatHex(made)).getEncryptedValue());
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        return made;
    }
}
