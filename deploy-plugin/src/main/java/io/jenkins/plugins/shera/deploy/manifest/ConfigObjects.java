package io.jenkins.plugins.shera.deploy.manifest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The immutable ConfigMap and Secret of one revision, named by what is in them: another content is another object, so a canary never changes
 * stable, and going back brings the old one back. And the Secret by which pods pull, which bears the registry's name and is renewed in place.
 */
public final class ConfigObjects {

    /** Label of ConfigMaps and Secrets that belong to revisions of an application. */
    static final String OF = "shera.io/config-of";

    /** Annotation of a Secret: ids of the credentials it was made from, by what deployments call it. */
    public static final String CREDENTIALS = "shera.io/credentials";

    /** Volume of a pod that its configuration files lie in. */
    public static final String CONFIG_VOLUME = "shera-config";

    /** Volume of a pod that its secret files lie in. */
    public static final String SECRET_VOLUME = "shera-secret";

    private final ApplicationSpec spec;
    private final Confidential confidential;

    ConfigObjects(ApplicationSpec spec, Confidential confidential) {
        this.spec = spec;
        this.confidential = confidential;
    }

    /** The objects themselves, with nothing but kind, name and content. */
    List<ObjectNode> objects() {
        List<ObjectNode> objects = new ArrayList<>();
        if (!spec.configFiles().isEmpty()) {
            ObjectNode map = object("ConfigMap", configName());
            map.put("immutable", true);
            ObjectNode data = map.putObject("data");
            keys(spec.configFiles().keySet())
                    .forEach((path, key) -> data.put(key, spec.configFiles().get(path)));
            label(map);
            objects.add(map);
        }
        if (hasSecret()) {
            ObjectNode secret = object("Secret", secretName());
            secret.put("immutable", true).put("type", "Opaque");
            ObjectNode data = secret.putObject("data");
            secretContent().forEach((key, value) -> data.put(key, base64(value)));
            label(secret);
            if (!confidential.credentials().isEmpty()) {
                ObjectNode ids = JsonNodeFactory.instance.objectNode();
                confidential.credentials().forEach(ids::put);
                secret.withObject("/metadata/annotations").put(CREDENTIALS, ids.toString());
            }
            objects.add(secret);
        }
        if (!spec.pullSecret().isEmpty()) {
            ObjectNode pull = object("Secret", spec.pullSecret());
            pull.put("type", "kubernetes.io/dockerconfigjson");
            pull.putObject("data")
                    .put(".dockerconfigjson", base64(confidential.pull().getBytes(StandardCharsets.UTF_8)));
            objects.add(pull);
        }
        return objects;
    }

    /** Puts them into a pod and its only container. */
    void mount(ObjectNode pod, ObjectNode container) {
        if (!spec.pullSecret().isEmpty()) {
            pod.putArray("imagePullSecrets").addObject().put("name", spec.pullSecret());
        }
        for (String name : spec.secretVariables()) {
            container
                    .withArrayProperty("env")
                    .addObject()
                    .put("name", name)
                    .putObject("valueFrom")
                    .putObject("secretKeyRef")
                    .put("name", secretName())
                    .put("key", name);
        }
        if (!spec.configFiles().isEmpty()) {
            volume(pod, CONFIG_VOLUME).putObject("configMap").put("name", configName());
            mounts(container, CONFIG_VOLUME, keys(spec.configFiles().keySet()));
        }
        if (!spec.secretFiles().isEmpty()) {
            volume(pod, SECRET_VOLUME)
                    .putObject("secret")
                    .put("secretName", secretName())
                    .put("defaultMode", 0440);
            mounts(container, SECRET_VOLUME, keys(spec.secretFiles()));
        }
    }

    private boolean hasSecret() {
        return !spec.secretVariables().isEmpty() || !spec.secretFiles().isEmpty();
    }

    private String configName() {
        Map<String, byte[]> content = new LinkedHashMap<>();
        spec.configFiles().forEach((path, text) -> content.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return spec.name() + "-config-" + digest("config".getBytes(StandardCharsets.UTF_8), content);
    }

    private String secretName() {
        Map<String, byte[]> content = new LinkedHashMap<>(secretContent());
        spec.secretFiles().forEach(path -> content.put("path " + path, new byte[0]));
        return spec.name() + "-secret-" + digest(confidential.key(), content);
    }

    private Map<String, byte[]> secretContent() {
        Map<String, byte[]> content = new LinkedHashMap<>();
        for (String name : spec.secretVariables()) {
            content.put(name, confidential.variables().getOrDefault(name, "").getBytes(StandardCharsets.UTF_8));
        }
        keys(spec.secretFiles())
                .forEach((path, key) -> content.put(key, confidential.files().getOrDefault(path, new byte[0])));
        return content;
    }

    private static Map<String, String> keys(Iterable<String> paths) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String path : paths) {
            keys.put(path, "file-" + keys.size());
        }
        return keys;
    }

    private static String digest(byte[] key, Map<String, byte[]> content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            content.forEach((name, value) -> {
                mac.update((name + "\0" + value.length + "\0").getBytes(StandardCharsets.UTF_8));
                mac.update(value);
            });
            return HexFormat.of().formatHex(mac.doFinal()).substring(0, 10);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode object(String kind, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", kind);
        object.putObject("metadata").put("name", name);
        return object;
    }

    private void label(ObjectNode object) {
        object.withObject("/metadata/labels").put(OF, spec.name());
    }

    private static ObjectNode volume(ObjectNode pod, String name) {
        return pod.withArrayProperty("volumes").addObject().put("name", name);
    }

    private static void mounts(ObjectNode container, String volume, Map<String, String> keys) {
        keys.forEach((path, key) -> container
                .withArrayProperty("volumeMounts")
                .addObject()
                .put("name", volume)
                .put("mountPath", path)
                .put("subPath", key)
                .put("readOnly", true));
    }

    private static String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(content);
    }
}
