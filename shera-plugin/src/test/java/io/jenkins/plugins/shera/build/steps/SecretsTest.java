package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.shera.build.config.SonarConfiguration;
import io.jenkins.plugins.shera.build.config.SonarServer;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Known secrets go in, builds succeed and fail in every way there is for them to, and then none of the secrets stands in a log,
 * a file of Jenkins, a workspace, an answer, or any byte of what was pushed.
 */
@WithJenkins
class SecretsTest {
    private static final String GIT = "canary-git-9Qx7";
    private static final String SONAR = "canary-sonar-4Tz2";
    private static final String HOOK = "canary-hook-8Lm1";
    private static final String WRONG = "canary-wrong-5Rb3";
    private static final List<String> SECRETS = List.of(GIT, SONAR, HOOK, WRONG, DockerRegistry.PASSWORD);

    @TempDir
    Path folder;

    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void noneIsLeftAnywhere(JenkinsRule jenkins) throws Exception {
        DockerRegistry.requireProgram("git");
        Path origin = QualityLab.project(Files.createDirectories(folder.resolve("origin")), "");
        HttpServer git = gitThatRefuses();
        try (DockerRegistry registry =
                        DockerRegistry.withPassword(Files.createDirectories(folder.resolve("registry")));
                FakeSonar sonar = new FakeSonar()) {
            FakeScanner.maven(origin, sonar, "env\n", "sonar.projectKey=shop");
            WorkflowJob job = tenant(jenkins, registry.host(), sonar.url());
            String gitUrl = "http://127.0.0.1:" + git.getAddress().getPort() + "/shop.git";
            String java = FakeScanner.java(folder, sonar).toString();
            String whole = "withEnv(['JAVA_HOME=" + java + "']) { sheraBuild(git: '" + origin
                    + "', branch: 'main', maven: 'package', image: 'shop', projectKey: 'shop', tags: '1', registry: '%s'%s) }";

            run(jenkins, job, whole.formatted("house", ""), Result.SUCCESS);
            run(jenkins, job, whole.formatted("closed", ""), Result.FAILURE);
            run(
                    jenkins,
                    job,
                    "buildImage(git: '" + gitUrl + "', credentialsId: 'git', image: 'shop', registry: 'house')",
                    Result.FAILURE);
            assertThat(refused).as("the password went to the server").hasPositiveValue();
            FakeScanner.maven(origin, sonar, "env; echo \"$*\" >&2; exit 1\n", "sonar.projectKey=shop");
            run(jenkins, job, whole.formatted("house", ""), Result.FAILURE);
            FakeScanner.maven(origin, sonar, "", "sonar.projectKey=shop");
            sonar.taskStatus = "FAILED";
            run(jenkins, job, whole.formatted("house", ""), Result.FAILURE);
            sonar.status = 401;
            run(jenkins, job, whole.formatted("house", ""), Result.FAILURE);
            sonar.status = 503;
            run(jenkins, job, whole.formatted("house", ", onUnavailable: 'unstable'"), Result.UNSTABLE);

            Map<String, String> leaks = new LinkedHashMap<>();
            files(jenkins.jenkins.getRootDir().toPath(), leaks);
            files(Path.of(jenkins.jenkins.getWorkspaceFor(job).getParent().getRemote()), leaks);
            files(folder.resolve("registry/data"), leaks);
            answers(jenkins, leaks);
            assertThat(leaks).isEmpty();
        } finally {
            git.stop(0);
        }
    }

    private WorkflowJob tenant(JenkinsRule jenkins, String registry, String sonar) throws Exception {
        CredentialsStore store =
                CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next();
        login(store, "git", "builder", GIT);
        login(store, "push", DockerRegistry.USER, DockerRegistry.PASSWORD);
        login(store, "outdated", DockerRegistry.USER, WRONG);
        text(store, "token", SONAR);
        text(store, "hook", HOOK);
        ContainerRegistry house = new ContainerRegistry("house", registry);
        house.setCredentialsId("push");
        ContainerRegistry closed = new ContainerRegistry("closed", registry);
        closed.setCredentialsId("outdated");
        SheraConfiguration.get().setRegistries(List.of(house, closed));
        Tenant tenant = new Tenant("shop");
        tenant.setFolder("shop");
        tenant.setRegistries(List.of("house", "closed"));
        SheraConfiguration.get().setTenants(List.of(tenant));
        SonarServer server = new SonarServer("house", sonar);
        server.setCredentialsId("token");
        server.setWebhookCredentialsId("hook");
        server.setTenants("shop");
        SonarConfiguration.get().setServers(List.of(server));
        return jenkins.createProject(Folder.class, "shop").createProject(WorkflowJob.class, "build");
    }

    private static void login(CredentialsStore store, String id, String user, String password) throws Exception {
        store.addCredentials(
                Domain.global(), new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, "", user, password));
    }

    private static void text(CredentialsStore store, String id, String secret) throws IOException {
        store.addCredentials(
                Domain.global(), new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(secret)));
    }

    private static void run(JenkinsRule jenkins, WorkflowJob job, String step, Result result) throws Exception {
        job.setDefinition(new CpsFlowDefinition("node {\n" + step + "\n}", true));
        jenkins.buildAndAssertStatus(result, job);
    }

    /** A git server that wants a password and takes none. */
    private HttpServer gitThatRefuses() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> exchange.close())
                .setAuthenticator(new BasicAuthenticator("git", StandardCharsets.UTF_8) {
                    @Override
                    public boolean checkCredentials(String user, String password) {
                        if (password.equals(GIT)) {
                            refused.incrementAndGet();
                        }
                        return false;
                    }
                });
        server.start();
        return server;
    }

    private static void files(Path root, Map<String, String> leaks) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root)) {
            all = walk.filter(Files::isRegularFile).toList();
        }
        assertThat(all).as(root + " holds something").isNotEmpty();
        for (Path file : all) {
            look(file.toString(), Files.readAllBytes(file), leaks);
        }
    }

    private static void answers(JenkinsRule jenkins, Map<String, String> leaks) throws Exception {
        List<String> paths = new ArrayList<>(List.of(
                "shera/api/json?depth=3",
                "shera/tenant/shop/api/json?depth=3",
                "shera/tenant/shop/projects",
                "shera/tenant/shop/projects/api/json?depth=3",
                "job/shop/job/build/api/json?depth=4",
                "job/shop/job/build/config.xml",
                "shera-keys/api/json",
                "manage/configure"));
        for (int run = 1; run <= 7; run++) {
            String build = "job/shop/job/build/" + run;
            paths.addAll(List.of(build + "/", build + "/api/json?depth=4", build + "/consoleText"));
        }
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        int good = 0;
        for (String path : paths) {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create(jenkins.getURL() + path)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            good += answer.statusCode() == 200 ? 1 : 0;
            look(path, answer.body(), leaks);
            look(path, answer.headers().map().toString().getBytes(StandardCharsets.UTF_8), leaks);
        }
        assertThat(good).as("pages that answered").isGreaterThan(14);
    }

    /** Plain, in Base64 as HTTP sends logins, and inside of gzip. */
    private static void look(String where, byte[] bytes, Map<String, String> leaks) throws IOException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (String secret : SECRETS) {
            if (text.contains(secret)) {
                leaks.put(where, secret);
            }
        }
        for (String login : List.of(
                "builder:" + GIT,
                DockerRegistry.USER + ":" + DockerRegistry.PASSWORD,
                DockerRegistry.USER + ":" + WRONG,
                SONAR + ":")) {
            if (text.contains(
                    Base64.getEncoder().withoutPadding().encodeToString(login.getBytes(StandardCharsets.UTF_8)))) {
                leaks.put(where, login);
            }
        }
        if (bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                look(where + " (unpacked)", in.readAllBytes(), leaks);
            }
        }
    }
}
