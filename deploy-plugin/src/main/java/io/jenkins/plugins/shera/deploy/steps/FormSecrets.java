package io.jenkins.plugins.shera.deploy.steps;

import io.jenkins.plugins.shera.deploy.manifest.Confidential;
import io.jenkins.plugins.shera.deploy.running.Running;
import io.jenkins.plugins.shera.deploy.running.RunningReader;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The secrets of a deployment without a build: new ones from credentials of the tenant, and those that stay as they are, by name alone. */
final class FormSecrets {

    private final DeployForm form;
    private final SecretReading reading;
    private final Map<String, String> plain = new TreeMap<>();
    private final Set<String> variables = new TreeSet<>();
    private final Set<String> files = new TreeSet<>();
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, byte[]> contents = new HashMap<>();
    private final Map<String, String> credentials = new TreeMap<>();

    /** Looks at the credentials that the form names; the caller may use them. */
    FormSecrets(Tenant tenant, DeployForm form) {
        this.form = form;
        this.reading = SecretReading.ofTenant(tenant);
        form.secrets().forEach((name, id) -> variables.addAll(at("secrets", () -> reading.variables(name, id))));
        form.secretFiles().forEach((path, id) -> {
            at("secretFiles", () -> reading.file(id));
            files.add(path);
        });
        credentials.putAll(form.secrets());
        credentials.putAll(form.secretFiles());
    }

    private interface Read<V> {
        V get();
    }

    private static <V> V at(String where, Read<V> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw Refusal.input(where, String.valueOf(e.getMessage()), "");
        }
    }

    /** Takes what is kept at its word, without asking the cluster. */
    FormSecrets unseen() {
        for (String kept : form.keepSecrets()) {
            (kept.startsWith("/") ? files : variables).add(kept);
        }
        return this;
    }

    /** Reads what is kept from where it is. */
    FormSecrets seen(RunningReader reader, Running running) throws KubeException {
        for (String kept : form.keepSecrets()) {
            if (variables.contains(kept) || files.contains(kept)) {
                continue;
            }
            String value = running == null ? null : running.hidden(kept);
            if (value != null) {
                plain.put(kept, value);
                continue;
            }
            Optional<byte[]> secret = running == null ? Optional.empty() : reader.secret(kept);
            if (secret.isEmpty()) {
                throw Refusal.input(
                        "keepSecrets", Messages.FormSecrets_gone(shown(kept)), Messages.FormSecrets_gone_next());
            }
            if (kept.startsWith("/")) {
                files.add(kept);
                contents.put(kept, secret.get());
            } else {
                variables.add(kept);
                values.put(kept, new String(secret.get(), StandardCharsets.UTF_8));
            }
        }
        if (running != null) {
            running.credentials().forEach((target, id) -> {
                boolean whole = values.containsKey(target)
                        || contents.containsKey(target)
                        || values.keySet().containsAll(List.of(target + "_USR", target + "_PSW"));
                if (whole) {
                    credentials.putIfAbsent(target, id);
                }
            });
        }
        return this;
    }

    private static String shown(String name) {
        String plainName = name.replaceAll("\\p{Cntrl}", "?");
        return plainName.length() > 80 ? plainName.substring(0, 80) + "..." : plainName;
    }

    /** Plain variables that are kept without having been shown. */
    Map<String, String> plain() {
        return plain;
    }

    /** Names of secret variables. */
    Set<String> variables() {
        return variables;
    }

    /** Paths of secret files. */
    Set<String> files() {
        return files;
    }

    /** All of it, read now. */
    Confidential confidential(String pull, byte[] key) {
        Map<String, String> all = new HashMap<>(values);
        Map<String, byte[]> texts = new HashMap<>(contents);
        at("secrets", () -> {
            reading.read(form.secrets(), all, texts);
            reading.read(form.secretFiles(), all, texts);
            return null;
        });
        return new Confidential(all, texts, pull, credentials, key);
    }
}
