package io.jenkins.plugins.shera.demo.host;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.AuthorizationMatrixProperty;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.BooleanParameterDefinition;
import hudson.model.ChoiceParameterDefinition;
import hudson.model.Descriptor;
import hudson.model.Hudson;
import hudson.model.ParameterDefinition;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.TextParameterDefinition;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.HudsonPrivateSecurityRealm;
import hudson.security.Permission;
import hudson.security.ProjectMatrixAuthorizationStrategy;
import io.jenkins.plugins.shera.harness.pages.JenkinsSite;
import io.jenkins.plugins.shera.harness.web.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.security.ApiTokenProperty;
import org.jenkinsci.plugins.matrixauth.AuthorizationType;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/**
 * Starts in a home with the plugins that lie in it: {@code HostMain HOME PORT SETUP}, with the administrator's password in
 * the environment. SETUP has {@code kubeconfig}, {@code jobs/<folder>/<job>} and {@code users/<name>} (a folder, then ids of
 * permissions there, each in a line), which are taken in at the first start; its file {@code url} is written when all is up.
 */
public final class HostMain {
    private static final Pattern PARAMETER = Pattern.compile(
            "(string|text|booleanParam|choice)\\(name: '(\\w+)', (?:defaultValue|choices): ('[^']*'|true|false|\\[[^]]*])");

    private HostMain() {}

    /** Runs until the process is ended. */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        Path setup = Path.of(arguments[2]);
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            Jenkins jenkins = new Hudson(home.toFile(), null);
            if (jenkins.getItem("retail") == null) {
                secure(jenkins, System.getenv("DEMO_PASSWORD"));
                takeIn(jenkins, setup);
                takeInUsers(jenkins, setup);
            }
            if (!Files.exists(setup.resolve("token"))) {
                Files.writeString(setup.resolve("token"), newToken("admin"));
            }
            WebServer server = WebServer.start(new JenkinsSite(jenkins), port, "");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                jenkins.cleanUp();
            }));
            Files.writeString(setup.resolve(".url"), server.address());
            Files.move(setup.resolve(".url"), setup.resolve("url"));
        }
        Thread.currentThread().join();
    }

    private static void secure(Jenkins jenkins, String password) throws IOException {
        HudsonPrivateSecurityRealm realm = new HudsonPrivateSecurityRealm(false);
        realm.createAccount("admin", password);
        ProjectMatrixAuthorizationStrategy rights = new ProjectMatrixAuthorizationStrategy();
        rights.add(Jenkins.ADMINISTER, new PermissionEntry(AuthorizationType.USER, "admin"));
        jenkins.setSecurityRealm(realm);
        jenkins.setAuthorizationStrategy(rights);
        jenkins.save();
    }

    private static String newToken(String id) throws IOException {
        User user = User.getById(id, true);
        ApiTokenProperty tokens = new ApiTokenProperty();
        user.addProperty(tokens);
        return tokens.generateNewToken("demo").plainValue;
    }

    private static void takeIn(Jenkins jenkins, Path setup) throws IOException, Descriptor.FormException {
        CredentialsProvider.lookupStores(jenkins)
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new FileCredentialsImpl(
                                CredentialsScope.GLOBAL,
                                "cluster-admin",
                                "the demo's cluster",
                                "kubeconfig",
                                SecretBytes.fromBytes(Files.readAllBytes(setup.resolve("kubeconfig")))));
        for (Path folder : list(setup.resolve("jobs"))) {
            Folder made =
                    jenkins.createProject(Folder.class, folder.getFileName().toString());
            for (Path script : list(folder)) {
                WorkflowJob job = made.createProject(
                        WorkflowJob.class, script.getFileName().toString());
                String text = Files.readString(script);
                job.setDefinition(new CpsFlowDefinition(text, true));
                List<ParameterDefinition> asked = parameters(text);
                if (!asked.isEmpty()) {
                    job.addProperty(new ParametersDefinitionProperty(asked));
                }
                job.save();
            }
        }
    }

    private static void takeInUsers(Jenkins jenkins, Path setup) throws IOException {
        if (!Files.exists(setup.resolve("users"))) {
            return;
        }
        ProjectMatrixAuthorizationStrategy rights =
                (ProjectMatrixAuthorizationStrategy) jenkins.getAuthorizationStrategy();
        for (Path file : list(setup.resolve("users"))) {
            PermissionEntry user = new PermissionEntry(
                    AuthorizationType.USER, file.getFileName().toString());
            ((HudsonPrivateSecurityRealm) jenkins.getSecurityRealm())
                    .createAccount(user.getSid(), UUID.randomUUID().toString());
            rights.add(Jenkins.READ, user);
            List<String> lines = Files.readAllLines(file);
            Folder folder = (Folder) jenkins.getItem(lines.get(0));
            AuthorizationMatrixProperty granted = folder.getProperties().get(AuthorizationMatrixProperty.class);
            if (granted == null) {
                granted = new AuthorizationMatrixProperty(Map.of());
                folder.addProperty(granted);
            }
            for (String id : lines.subList(1, lines.size())) {
                granted.add(Permission.fromId(id), user);
            }
            folder.save();
            Files.writeString(setup.resolve("token-" + user.getSid()), newToken(user.getSid()));
        }
        jenkins.save();
    }

    /** A declarative job knows its parameters only after its first run; this one is to have them in its first. */
    private static List<ParameterDefinition> parameters(String script) {
        return PARAMETER
                .matcher(script)
                .results()
                .map(found -> parameter(found.group(1), found.group(2), found.group(3)))
                .toList();
    }

    private static ParameterDefinition parameter(String kind, String name, String value) {
        String text = value.replaceAll("^'|'$", "");
        return switch (kind) {
            case "text" -> new TextParameterDefinition(name, text, null);
            case "booleanParam" -> new BooleanParameterDefinition(name, Boolean.parseBoolean(text), null);
            case "choice" ->
                new ChoiceParameterDefinition(
                        name, value.replaceAll("[\\[\\]' ]", "").split(","), null);
            default -> new StringParameterDefinition(name, text);
        };
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
