package io.jenkins.plugins.shera.deploy.steps;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.shera.deploy.manifest.Confidential;
import io.jenkins.plugins.shera.deploy.rollout.DeployRequest;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.connection.RegistryLogin;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Reads what a deployment needs of Jenkins' credentials, each time anew: those a build may use, or those of a tenant's folder. */
final class SecretReading {

    private static final int LARGEST_FILE = 512 << 10;

    private final Function<String, StandardCredentials> source;
    private final String next;

    private SecretReading(Function<String, StandardCredentials> source, String next) {
        this.source = source;
        this.next = next;
    }

    /** Those that this build may use. */
    static SecretReading ofBuild(Run<?, ?> run) {
        return new SecretReading(
                id -> CredentialsProvider.findCredentialById(id, StandardCredentials.class, run, List.of()),
                "that this job may use: give the id of one in the job's folder or above.");
    }

    /** Those that the tenant's folder sees; the caller may use credentials there. */
    static SecretReading ofTenant(Tenant tenant) {
        List<StandardCredentials> all = offered(tenant);
        return new SecretReading(
                id -> all.stream()
                        .filter(each -> each.getId().equals(id))
                        .findFirst()
                        .orElse(null),
                "in the tenant's folder or above: give the id of one that is a secret text, a secret file, or a user with"
                        + " password.");
    }

    /** What the tenant's folder sees and a Secret can be made of. */
    static List<StandardCredentials> offered(Tenant tenant) {
        Item folder = TenantFolder.of(tenant);
        return folder == null
                ? List.of()
                : CredentialsProvider.lookupCredentialsInItem(StandardCredentials.class, folder, ACL.SYSTEM2, List.of())
                        .stream()
                        .filter(each -> each instanceof StringCredentials
                                || each instanceof FileCredentials
                                || each instanceof StandardUsernamePasswordCredentials)
                        .toList();
    }

    /** The variables that a credential becomes: itself, or for a user with password {@code NAME_USR} and {@code NAME_PSW}. */
    List<String> variables(String name, String id) {
        StandardCredentials found = find(id);
        if (found instanceof StringCredentials) {
            return List.of(name);
        }
        if (found instanceof StandardUsernamePasswordCredentials) {
            return List.of(name + "_USR", name + "_PSW");
        }
        throw new IllegalArgumentException("The credential '" + id + "' for the variable " + name
                + " is neither a secret text nor a user with password. Give one of these, or use secretFiles.");
    }

    /** The content of a secret file, or of a secret text as a file. */
    byte[] file(String id) {
        StandardCredentials found = find(id);
        if (found instanceof StringCredentials text) {
            return text.getSecret().getPlainText().getBytes(StandardCharsets.UTF_8);
        }
        if (found instanceof FileCredentials file) {
            try (InputStream content = file.getContent()) {
                byte[] bytes = content.readNBytes(LARGEST_FILE + 1);
                if (bytes.length > LARGEST_FILE) {
                    throw new IllegalArgumentException("The secret file '" + id
                            + "' is larger than 512 KiB, more than a" + " Secret should hold. Give a smaller one.");
                }
                return bytes;
            } catch (IOException e) {
                throw new IllegalArgumentException("The secret file '" + id + "' cannot be read: " + e.getMessage(), e);
            }
        }
        throw new IllegalArgumentException("The credential '" + id
                + "' in secretFiles is neither a secret file nor a secret text. Give one of these.");
    }

    /** Everything that is secret about a deployment of this build. */
    static Confidential of(DeployRequest request, Run<?, ?> run, byte[] key) {
        Map<String, String> variables = new HashMap<>();
        Map<String, byte[]> files = new HashMap<>();
        ofBuild(run).read(request.credentials(), variables, files);
        return new Confidential(variables, files, pull(request, run), request.credentials(), key);
    }

    /** Puts what these credentials hold where a deployment wants it: variables by name, files by path. */
    void read(Map<String, String> ids, Map<String, String> variables, Map<String, byte[]> files) {
        ids.forEach((target, id) -> {
            if (target.startsWith("/")) {
                files.put(target, file(id));
            } else if (find(id) instanceof StandardUsernamePasswordCredentials login) {
                variables.put(target + "_USR", login.getUsername());
                variables.put(target + "_PSW", login.getPassword().getPlainText());
            } else if (find(id) instanceof StringCredentials text) {
                variables.put(target, text.getSecret().getPlainText());
            }
        });
    }

    /** See "Pull an Image from a Private Registry" in Kubernetes' documentation. */
    private static String pull(DeployRequest request, Run<?, ?> run) {
        if (request.pullRegistry().isEmpty()) {
            return "";
        }
        TenantContext context = TenantContext.forRun(run, request.origin().tenant(), SheraPermissions.DEPLOY);
        ContainerRegistry registry = context.registry(request.pullRegistry());
        RegistryCredentials login = RegistryLogin.ofTenant(registry, context.tenant());
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.putObject("auths")
                .putObject(RegistryLogin.address(registry).pullHost())
                .put("auth", login.pair());
        return config.toString();
    }

    private StandardCredentials find(String id) {
        StandardCredentials found = source.apply(id);
        if (found == null) {
            throw new IllegalArgumentException(
                    "There is no credential '" + String.valueOf(id).replaceAll("\\p{Cntrl}", "?") + "' " + next);
        }
        return found;
    }
}
