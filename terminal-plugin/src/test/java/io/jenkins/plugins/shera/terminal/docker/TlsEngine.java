package io.jenkins.plugins.shera.terminal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.terminal.config.EngineTrust;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** The unix socket of an engine, offered by TLS on the loopback address to who shows the same certificate. */
public final class TlsEngine implements AutoCloseable {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;
    private final SSLServerSocket server;
    private final Path socket;

    /** {@code url} is that of the engine itself. */
    public TlsEngine(Path folder, String url) throws Exception {
        this.folder = folder;
        this.socket = Path.of(url.replace("unix://", ""));
        pair("client", "-ext", "san=dns:localhost,ip:127.0.0.1");
        keytool("client", "-exportcert", "-rfc", "-alias", "client", "-file", file("ca.pem"));
        pair("stranger");
        server = (SSLServerSocket)
                context("client").getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        thread(this::serve);
    }

    /** Where it listens. */
    public String url() {
        return "tcp://localhost:" + server.getLocalPort();
    }

    /** Its certificate as PEM. */
    public String authority() throws IOException {
        return Files.readString(folder.resolve("ca.pem"));
    }

    /** {@code client}, or {@code stranger} whom nobody knows: a PKCS#12 file. */
    public byte[] keys(String who) throws IOException {
        return Files.readAllBytes(folder.resolve(who + ".p12"));
    }

    /** As whom to come. */
    public SSLContext context(String who) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(who + ".p12"))) {
            keys.load(in, PASSWORD);
        }
        return EngineTrust.context(keys, PASSWORD, authority());
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void pair(String who, String... more) throws Exception {
        List<String> words = new ArrayList<>(
                List.of("-genkeypair", "-alias", who, "-keyalg", "EC", "-dname", "CN=" + who, "-validity", "2"));
        words.addAll(List.of(more));
        keytool(who, words.toArray(String[]::new));
    }

    private void keytool(String store, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", file(store + ".p12"), "-storepass", "changeit"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.out").toFile())
                .start();
        assertThat(process.waitFor())
                .as(command + Files.readString(folder.resolve("keytool.out")))
                .isZero();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread thread(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The connection, or the test, is over.
                    }
                },
                "tls-engine");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void serve() throws IOException {
        while (true) {
            SSLSocket client = (SSLSocket) server.accept();
            thread(() -> join(client));
        }
    }

    private void join(SSLSocket client) throws IOException {
        try (client;
                SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            client.startHandshake();
            Thread back = thread(() -> {
                Channels.newInputStream(engine).transferTo(client.getOutputStream());
                client.close();
            });
            byte[] piece = new byte[16 * 1024];
            InputStream in = client.getInputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                ByteBuffer data = ByteBuffer.wrap(piece, 0, read);
                while (data.hasRemaining()) {
                    engine.write(data);
                }
            }
            engine.shutdownOutput();
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
