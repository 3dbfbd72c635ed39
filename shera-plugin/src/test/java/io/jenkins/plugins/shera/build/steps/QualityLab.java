package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.util.Secret;
import io.jenkins.plugins.shera.build.config.SonarConfiguration;
import io.jenkins.plugins.shera.build.config.SonarServer;
import io.jenkins.plugins.shera.build.process.LocalPrograms;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** A tenant with a SonarQube server, and a small Maven project in git. */
final class QualityLab {
    private static final String WEBHOOK_SECRET = "a secret of the webhook";

    private QualityLab() {}

    static String webhookSecret() {
        return WEBHOOK_SECRET;
    }

    /** The tenant's folder with a job; the token lies in the folder's credentials' parent, Jenkins. */
    static WorkflowJob job(JenkinsRule jenkins, String sonarUrl, String token, String registry) throws Exception {
        CredentialsStore store =
                CredentialsProvider.lookupStores(Jenkins.get()).iterator().next();
        store.addCredentials(
                Domain.global(),
                new StringCredentialsImpl(CredentialsScope.GLOBAL, "sonar-token", "", Secret.fromString(token)));
        store.addCredentials(
                Domain.global(),
                new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "sonar-hook", "", Secret.fromString(WEBHOOK_SECRET)));
        Folder shop = jenkins.createProject(Folder.class, "shop");
        Tenant tenant = new Tenant("shop");
        tenant.setFolder("shop");
        if (!registry.isEmpty()) {
            SheraConfiguration.get().setRegistries(List.of(new ContainerRegistry("house", registry)));
            tenant.setRegistries(List.of("house"));
        }
        SheraConfiguration.get().setTenants(List.of(tenant));
        SonarServer server = new SonarServer("house", sonarUrl);
        server.setCredentialsId("sonar-token");
        server.setWebhookCredentialsId("sonar-hook");
        server.setTenants("shop");
        SonarConfiguration.get().setServers(List.of(server));
        return shop.createProject(WorkflowJob.class, "build");
    }

    static void script(WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition("node {\n" + script + "\n}", true));
    }

    /** A repository with a project of one class; {@code properties} go into its pom. */
    static Path project(Path folder, String properties) throws Exception {
        Files.createDirectories(folder.resolve("src/main/java/shop"));
        Files.writeString(
                folder.resolve("pom.xml"),
                "<project xmlns='http://maven.apache.org/POM/4.0.0'><modelVersion>4.0.0</modelVersion><groupId>t</groupId>"
                        + "<artifactId>shop</artifactId><version>1.2</version><properties>"
                        + "<maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target>"
                        + "<project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>" + properties
                        + "</properties></project>");
        Files.writeString(
                folder.resolve("src/main/java/shop/Shop.java"),
                "package shop;\n\npublic class Shop {\n    public static int sum(int a, int b) {\n        return a + b;\n    }\n}\n");
        Files.writeString(folder.resolve(".gitignore"), "target/\n");
        Files.writeString(
                folder.resolve("Dockerfile"),
                "FROM scratch\nLABEL io.shera.quality.gate=OK\nCOPY target/shop-1.2.jar /app/shop.jar\nCMD [\"/app/shop.jar\"]\n");
        git(folder, "init", "--quiet", "--initial-branch=main", ".");
        commit(folder);
        return folder;
    }

    static void commit(Path folder) throws Exception {
        git(folder, "add", ".");
        commit(folder, "t", "x");
    }

    /** A commit of what was added, if anything was. */
    static void commit(Path folder, String author, String subject) throws Exception {
        git(
                folder,
                "-c",
                "user.name=" + author,
                "-c",
                "user.email=t@example.org",
                "commit",
                "--allow-empty",
                "--quiet",
                "-m",
                subject);
    }

    static void git(Path folder, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        assertThat(new LocalPrograms(folder).run(command, Map.of(), false).isGood())
                .isTrue();
    }
}
