package io.jenkins.plugins.shera.build.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.shera.build.process.LocalPrograms;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real git servers: git's own daemon, and git's own http-backend behind TLS and a password. */
class GitServersTest {
    private static final String PASSWORD = "pass'w0rd \"$HOME";

    @TempDir
    Path folder;

    private Path workspace;
    private String head;

    @BeforeEach
    void repository() throws Exception {
        DockerRegistry.requireProgram("git");
        Path origin = Files.createDirectories(folder.resolve("srv/shop.git"));
        workspace = Files.createDirectories(folder.resolve("workspace"));
        git(origin, "init", "--quiet", "--initial-branch=main", ".");
        Files.writeString(origin.resolve("shop.txt"), "shop");
        git(origin, "add", ".");
        git(origin, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "x");
        head = git(origin, "rev-parse", "HEAD").strip();
    }

    private static String git(Path folder, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        var outcome = new LocalPrograms(folder).run(command, Map.of(), false);
        assertThat(outcome.isGood()).as(outcome.output()).isTrue();
        return outcome.output();
    }

    @Test
    void checksOutFromGitsDaemon() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process daemon = new ProcessBuilder(
                        "git",
                        "daemon",
                        "--export-all",
                        "--listen=127.0.0.1",
                        "--port=" + port,
                        "--base-path=" + folder.resolve("srv"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("daemon.log").toFile())
                .start();
        try {
            Awaitility.await().ignoreExceptions().until(() -> {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return true;
            });
            Revision revision = new GitCheckout(new LocalPrograms(workspace), Map.of())
                    .checkOut(new GitSource("git://127.0.0.1:" + port + "/shop.git", "main"));
            assertThat(revision.commit()).isEqualTo(head);
            assertThat(workspace.resolve("shop.txt")).hasContent("shop");
        } finally {
            daemon.descendants().forEach(ProcessHandle::destroy);
            daemon.destroy();
        }
    }

    @Test
    void checksOutOverTlsWithAPasswordAndSaysWhenItIsWrong() throws Exception {
        HttpsServer server = https();
        try {
            GitSource source =
                    new GitSource("https://localhost:" + server.getAddress().getPort() + "/shop.git", "main");
            assertThat(new GitCheckout(new LocalPrograms(workspace), login(PASSWORD))
                            .checkOut(source)
                            .commit())
                    .isEqualTo(head);
            assertThat(Files.readString(workspace.resolve(".git/config"))).doesNotContain("w0rd");
            assertThatThrownBy(() -> new GitCheckout(new LocalPrograms(workspace), login("wrong")).checkOut(source))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("the server needs credentials, or refuses these");
            Map<String, String> untrusting = new HashMap<>(login(PASSWORD));
            untrusting.remove("GIT_SSL_CAINFO");
            assertThatThrownBy(() -> new GitCheckout(new LocalPrograms(workspace), untrusting).checkOut(source))
                    .isInstanceOf(SourceException.class);
        } finally {
            server.stop(0);
        }
    }

    private Map<String, String> login(String password) throws IOException {
        GitCredentials credentials = GitCredentials.password("builder", password);
        Path place = Files.createDirectories(folder.resolve("secrets"));
        for (var file : credentials.files().entrySet()) {
            Path path = Files.writeString(place.resolve(file.getKey()), file.getValue());
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
        Map<String, String> environment = new HashMap<>(credentials.environment(place.toString()));
        environment.put("GIT_SSL_CAINFO", folder.resolve("server.pem").toString());
        return environment;
    }

    private HttpsServer https() throws Exception {
        Path store = folder.resolve("server.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        program(
                keytool,
                "-genkeypair",
                "-alias",
                "s",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit",
                "-validity",
                "2");
        program(
                keytool,
                "-exportcert",
                "-rfc",
                "-alias",
                "s",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit",
                "-file",
                folder.resolve("server.pem").toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::backend)
                .setAuthenticator(new BasicAuthenticator("git", StandardCharsets.UTF_8) {
                    @Override
                    public boolean checkCredentials(String user, String password) {
                        return user.equals("builder") && password.equals(PASSWORD);
                    }
                });
        server.start();
        return server;
    }

    private void program(String... command) throws Exception {
        var outcome = new LocalPrograms(folder).run(List.of(command), Map.of(), false);
        assertThat(outcome.isGood()).as(outcome.output()).isTrue();
    }

    /** CGI: git http-backend(1). */
    private void backend(HttpExchange exchange) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", folder.resolve("srv").toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put("QUERY_STRING", String.valueOf(exchange.getRequestURI().getQuery()));
        environment.put(
                "CONTENT_TYPE", String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")));
        String packed = exchange.getRequestHeaders().getFirst("Content-Encoding");
        if (packed != null) {
            environment.put("HTTP_CONTENT_ENCODING", packed);
        }
        Process process = builder.start();
        try (var to = process.getOutputStream()) {
            exchange.getRequestBody().transferTo(to);
        }
        byte[] answer = process.getInputStream().readAllBytes();
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        int status = 200;
        for (String line : text.substring(0, end).split("\r\n")) {
            int colon = line.indexOf(':');
            if (line.startsWith("Status:")) {
                status = Integer.parseInt(line.substring(8, 11));
            } else {
                exchange.getResponseHeaders()
                        .add(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        exchange.sendResponseHeaders(status, answer.length - end - 4 == 0 ? -1 : answer.length - end - 4);
        exchange.getResponseBody().write(answer, end + 4, answer.length - end - 4);
        exchange.close();
    }
}
