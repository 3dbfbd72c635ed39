package io.jenkins.plugins.shera.build.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.build.process.LocalPrograms;
import io.jenkins.plugins.shera.build.process.Programs;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitCheckoutTest {
    @TempDir
    Path folder;

    private Path origin;
    private Path workspace;

    @BeforeEach
    void repository() throws Exception {
        DockerRegistry.requireProgram("git");
        origin = Files.createDirectories(folder.resolve("origin"));
        workspace = Files.createDirectories(folder.resolve("workspace"));
        git("init", "--quiet", "--initial-branch=main", ".");
        commit("one");
    }

    private String commit(String text) throws Exception {
        Files.writeString(origin.resolve("file"), text);
        git("add", ".");
        git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", text);
        return git("rev-parse", "HEAD").trim();
    }

    private String git(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        Programs.Outcome outcome = new LocalPrograms(origin).run(command, Map.of(), false);
        assertThat(outcome.isGood()).as(outcome.output()).isTrue();
        return outcome.output();
    }

    private Revision checkOut(String url, String ref) throws Exception {
        return new GitCheckout(new LocalPrograms(workspace), Map.of()).checkOut(new GitSource(url, ref));
    }

    @Test
    void takesBranchesTagsAndCommits() throws Exception {
        String one = git("rev-parse", "HEAD").trim();
        git("tag", "v1");
        String two = commit("two");

        assertThat(checkOut(origin.toString(), "").commit()).isEqualTo(two);
        assertThat(checkOut(origin.toString(), "v1").commit()).isEqualTo(one);
        assertThat(checkOut("file://" + origin, "main").commit()).isEqualTo(two);
        assertThat(checkOut(origin.toString(), one).commit()).isEqualTo(one);
        assertThat(workspace.resolve("file")).hasContent("one");
    }

    @Test
    void removesWhatDoesNotBelongToTheCommit() throws Exception {
        checkOut(origin.toString(), "main");
        Files.createDirectories(workspace.resolve("target/classes"));
        Files.writeString(workspace.resolve("file"), "changed");

        Revision revision = checkOut(origin.toString(), "main");

        assertThat(workspace.resolve("target")).doesNotExist();
        assertThat(revision.isClean()).isTrue();
        Files.writeString(workspace.resolve("file"), "changed");
        assertThat(new WorkspaceRevision(new LocalPrograms(workspace), Map.of())
                        .read()
                        .isClean())
                .isFalse();
    }

    @Test
    void followsABranchThatWasRewritten() throws Exception {
        commit("two");
        checkOut(origin.toString(), "main");
        git("reset", "--quiet", "--hard", "HEAD~1");
        String other = commit("other");

        assertThat(checkOut(origin.toString(), "main").commit()).isEqualTo(other);
    }

    @Test
    void saysWhatIsNotThere() {
        assertThatThrownBy(() -> checkOut(origin.toString(), "nothere"))
                .hasMessage("There is no 'nothere' of " + origin
                        + ": check the name of the branch or tag, or whether the commit was pushed there.");
        assertThatThrownBy(() -> checkOut(folder + "/none", "main"))
                .hasMessage(
                        "The source 'main' of " + folder + "/none could not be fetched: there is no repository at that"
                                + " address, or it is hidden from these credentials. Check both.");
        assertThatThrownBy(() -> checkOut("http://127.0.0.1:1/x.git", "main"))
                .hasMessageContaining("could not be fetched: the server does not answer. Check the address");
    }

    @Test
    void givesThePasswordToTheServerAlone() throws Exception {
        List<String> seen = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            seen.add(String.valueOf(authorization));
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
            exchange.sendResponseHeaders(authorization == null ? 401 : 403, -1);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/shop.git";
        String wanted =
                "the server needs credentials, or refuses these. Set credentialsId to a user and password or an SSH"
                        + " key that may read the repository.";
        try {
            assertThatThrownBy(() -> checkOut(url, "main")).hasMessageEndingWith(wanted);

            GitCredentials credentials = GitCredentials.password("me", "s3 cr't");
            Path secret = Files.createDirectories(folder.resolve("secret"));
            for (Map.Entry<String, String> file : credentials.files().entrySet()) {
                Files.writeString(secret.resolve(file.getKey()), file.getValue());
            }
            Files.setPosixFilePermissions(secret.resolve("ask"), PosixFilePermissions.fromString("rwx------"));
            GitCheckout checkout =
                    new GitCheckout(new LocalPrograms(workspace), credentials.environment(secret.toString()));

            assertThatThrownBy(() -> checkout.checkOut(new GitSource(url, "main")))
                    .hasMessageEndingWith(wanted);
        } finally {
            server.stop(0);
        }
        assertThat(seen)
                .contains("Basic " + Base64.getEncoder().encodeToString("me:s3 cr't".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-u",
                "--upload-pack=touch /tmp/x",
                "ext::sh -c id",
                "https://",
                "ssh://-oProxyCommand=id/x",
                "relative",
                "https://me:pw@host/x",
                "git@-oProxyCommand=id:x",
                "http://a b/c",
                "\n/etc",
                "ssh://me@-x/y"
            })
    void refusesHostileAddresses(String url) {
        assertThatThrownBy(() -> new GitSource(url, "main")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-f", "--all", "a b", "a..b", "a:b", "a^", "a~1", "refs//x", "a@{1}", "*", "a\nb", "x.lock", "$(id)"
            })
    void refusesHostileRefs(String ref) {
        assertThatThrownBy(() -> new GitSource("https://host/x", ref)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhyAnAddressIsRefused() {
        assertThatThrownBy(() -> new GitSource("--upload-pack=id", ""))
                .hasMessage(
                        "'--upload-pack=id' is not a git address: it begins with a dash, so git would take it for an"
                                + " option.");
        assertThatThrownBy(() -> new GitSource("https://me:secret-pw@host/x", ""))
                .hasMessage("The git address holds a password: take it out and give credentialsId instead.");
    }
}
