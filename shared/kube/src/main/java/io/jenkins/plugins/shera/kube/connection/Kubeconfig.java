package io.jenkins.plugins.shera.kube.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.manifest.BoundedYaml;
import io.jenkins.plugins.shera.kube.manifest.ManifestException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Reads a kubeconfig as text. What would run a program or open a file of this machine is refused by name: the text is a
 * credential that a user typed, and the machine is the Jenkins controller.
 */
public final class Kubeconfig {

    private static final Map<String, String> REFUSED = Map.of(
            "exec", "it would run a program on the Jenkins controller; give a token or a client certificate",
            "auth-provider", "Kubernetes itself dropped it; give a token or a client certificate",
            "tokenFile", "it would read a file of the Jenkins controller; give the token itself as 'token'",
            "client-certificate",
                    "it would read a file of the Jenkins controller; use 'client-certificate-data' (kubectl config"
                            + " view --flatten --minify prints it)",
            "client-key",
                    "it would read a file of the Jenkins controller; use 'client-key-data' (kubectl config view"
                            + " --flatten --minify prints it)",
            "certificate-authority",
                    "it would read a file of the Jenkins controller; use 'certificate-authority-data' (kubectl config"
                            + " view --flatten --minify prints it)",
            "username", "the API server no longer takes passwords; give a token or a client certificate",
            "password", "the API server no longer takes passwords; give a token or a client certificate",
            "proxy-url", "a proxy chosen by the text of a credential could read the traffic");

    private Kubeconfig() {}

    /**
     * The access that the current context, or the named one, describes.
     *
     * @param context null for {@code current-context}
     * @param insecureDeclared whether an administrator declared this cluster insecure; without that,
     *     {@code insecure-skip-tls-verify: true} is refused
     * @throws IllegalArgumentException saying what is wrong and what to give instead; never quotes a secret
     */
    public static ClusterAccess parse(String text, String context, boolean insecureDeclared) {
        JsonNode root = root(text);
        String chosen = context == null || context.isBlank()
                ? root.path("current-context").asText("")
                : context;
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    "The kubeconfig names no current-context. Set one (kubectl config use-context) or name a context.");
        }
        JsonNode binding = named(root, "contexts", "context", chosen);
        JsonNode cluster =
                named(root, "clusters", "cluster", binding.path("cluster").asText(""));
        JsonNode user = named(root, "users", "user", binding.path("user").asText(""));
        refuse(cluster, "cluster");
        refuse(user, "user");
        boolean skipsVerification = cluster.path("insecure-skip-tls-verify").asBoolean(false);
        if (skipsVerification && !insecureDeclared) {
            throw new IllegalArgumentException(
                    "The kubeconfig has insecure-skip-tls-verify: true, so anybody on the way"
                            + " could take its token. Give certificate-authority-data, or let an administrator declare the"
                            + " cluster insecure.");
        }
        return ClusterAccess.at(cluster.path("server").asText(""))
                .trusting(pem(cluster, "certificate-authority-data"))
                .withToken(user.path("token").asText(null))
                .withCertificate(pem(user, "client-certificate-data"), pem(user, "client-key-data"))
                .impersonating(user.path("as").asText(null), groups(user))
                .declaredInsecure(insecureDeclared)
                .done();
    }

    private static JsonNode root(String text) {
        List<JsonNode> documents;
        try {
            documents = BoundedYaml.read(text == null ? "" : text, "kubeconfig").stream()
                    .map(BoundedYaml.Document::content)
                    .toList();
        } catch (ManifestException e) {
            throw new IllegalArgumentException("The kubeconfig cannot be read: " + e.getMessage(), e);
        }
        if (documents.size() != 1 || !documents.get(0).isObject()) {
            throw new IllegalArgumentException(
                    "The kubeconfig must be one YAML document with clusters, users and contexts.");
        }
        return documents.get(0);
    }

    private static JsonNode named(JsonNode root, String list, String part, String name) {
        for (JsonNode entry : root.path(list)) {
            if (name.equals(entry.path("name").asText())) {
                return entry.path(part);
            }
        }
        throw new IllegalArgumentException("The kubeconfig has nothing named '" + name + "' in its " + list
                + ". Name one that is there, or export it with kubectl config view --flatten --minify.");
    }

    private static void refuse(JsonNode part, String what) {
        for (Map.Entry<String, String> refused : REFUSED.entrySet()) {
            JsonNode value = part.get(refused.getKey());
            if (value != null && !value.isNull()) {
                throw new IllegalArgumentException("The kubeconfig's " + what + " uses '" + refused.getKey()
                        + "', which is refused: " + refused.getValue() + ".");
            }
        }
    }

    private static String pem(JsonNode part, String field) {
        String encoded = part.path(field).asText("");
        if (encoded.isEmpty()) {
            return null;
        }
        try {
            return new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The kubeconfig's " + field + " is not base64. Copy it again.", e);
        }
    }

    private static List<String> groups(JsonNode user) {
        List<String> groups = new ArrayList<>();
        user.path("as-groups").forEach(group -> groups.add(group.asText()));
        return groups;
    }
}
