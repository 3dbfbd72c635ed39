package io.jenkins.plugins.shera.monitoring.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.monitoring.news.HookPost;
import io.jenkins.plugins.shera.monitoring.news.NotTakenException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookPostTlsTest {

    @Test
    void aRobotWhoseAuthorityIsNotTrustedHearsNothingAndWhoReadsOfItKnowsWhatToDo(@TempDir Path folder)
            throws Exception {
        TestCertificate made = TestCertificate.make(folder.resolve("made"), "127.0.0.2");
        Path chain = Files.writeString(folder.resolve("chain.pem"), made.chain());
        Path key = Files.writeString(folder.resolve("key.pem"), made.key());
        AtomicInteger heard = new AtomicInteger();
        HttpServer server = ServerTls.listen(new InetSocketAddress("127.0.0.1", 0), chain, key);
        server.createContext("/", exchange -> {
            heard.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/hook/s3cret");
            assertThatThrownBy(() -> HookPost.post(
                            address, JsonNodeFactory.instance.objectNode(), Map.of(), "the robot of retail/ops"))
                    .isInstanceOf(NotTakenException.class)
                    .hasMessageContaining("the robot of retail/ops")
                    .hasMessageContaining("javax.net.ssl.trustStore")
                    .hasMessageNotContaining("s3cret");
            assertThat(heard).hasValue(0);
        } finally {
            server.stop(0);
        }
    }
}
