package io.jenkins.plugins.shera.monitoring.desk;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.util.Secret;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.input.Refusal;
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

/** The tokens by which Alertmanager shows itself to Jenkins: from one key, kept encrypted in {@code $JENKINS_HOME/shera}, one for each hook. */
@Extension
public class HookTokens implements ExtensionPoint {

    private static final SecureRandom RANDOM = new SecureRandom();

    private byte[] key;

    /** The one instance. */
    public static HookTokens get() {
        return ExtensionList.lookupSingleton(HookTokens.class);
    }

    /** First part of the address of every hook, below the platform's own. */
    public static final String NAME = "alertmanager";

    /** The key of a receiver's hook: neither part can hold a dot. */
    static String key(String tenant, String receiver) {
        return tenant + "." + receiver;
    }

    /** Where Alertmanager reaches a receiver's hook; refused while Jenkins does not know its own address. */
    static String address(String tenant, String receiver) {
        String root = Jenkins.get().getRootUrl();
        if (root == null) {
            throw Refusal.unknown("Jenkins URL", Messages.HookTokens_url(), Messages.HookTokens_url_next());
        }
        return root + "shera-webhook/post/" + NAME + "/" + key(tenant, receiver);
    }

    /** The token of a hook, whose key is the last part of its address. */
    public synchronized String of(String hook) {
        try {
            if (key == null) {
                key = load();
            }
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(hook.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or make the key of alert hooks", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }

    private static byte[] load() throws IOException {
        Path folder = SheraConfiguration.get().root();
        Path file = folder.resolve("alert-hooks.key");
        if (Files.exists(file)) {
            Secret kept = Secret.decrypt(Files.readString(file).trim());
            if (kept != null) {
                return HexFormat.of().parseHex(kept.getPlainText());
            }
        }
        byte[] made = new byte[32];
        RANDOM.nextBytes(made);
        Files.createDirectories(folder);
        Path beside = Files.createTempFile(folder, "alert-hooks", ".key");
        Files.writeString(
                beside, Secret.fromString(HexFormat.of().formatHex(made)).getEncryptedValue());
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return made;
    }
}
