package io.jenkins.plugins.shera.monitoring.chats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.alertmanager.Receiver;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The expected values were made by Python's hmac as the vendors' documentation shows it. */
class ChatSignatureTest {

    private static final String SECRET = "SECaBc+/123";
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);

    private final ObjectNode message = JsonNodeFactory.instance.objectNode();

    private URI sign(String kind, String secret, String address) {
        return ChatSignature.sign(kind, secret, URI.create(address), message, NOW);
    }

    @Test
    void dingtalkTakesItInTheAddress() {
        String end = "timestamp=1700000000123&sign=Z%2F%2F53x2Htkf6ywrgrPbTGGR2jUZ35voryvb4kWYFv4k%3D";
        assertThat(sign("dingtalk", SECRET, "https://oapi.dingtalk.com/robot/send?access_token=a%2Bb"))
                .hasToString("https://oapi.dingtalk.com/robot/send?access_token=a%2Bb&" + end);
        assertThat(sign("dingtalk", SECRET, "https://hook/x")).hasToString("https://hook/x?" + end);
        assertThat(message).isEmpty();
    }

    @Test
    void larkTakesItInTheMessage() {
        assertThat(sign("lark", SECRET, "https://open.larksuite.com/hook"))
                .hasToString("https://open.larksuite.com/hook");
        assertThat(message.path("timestamp").asText()).isEqualTo("1700000000");
        assertThat(message.path("sign").asText()).isEqualTo("AMPe2V2LbGiHQFSibIigp71kXCs3eOTotZoxmWfootk=");
    }

    @Test
    void othersAreToldWithoutAndAskForNone() {
        assertThat(sign("wecom", SECRET, "https://hook/x")).hasToString("https://hook/x");
        assertThat(sign("lark", "", "https://hook/x")).hasToString("https://hook/x");
        assertThat(message).isEmpty();
        assertThatThrownBy(() -> new ChatTarget("ops", "wecom", "https://a", SECRET, "0".repeat(64)))
                .isInstanceOf(InvalidThresholdException.class)
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> new Receiver("ops", "wecom", "", "", "address", "signing"))
                .hasMessageContaining("no signature");
    }

    @Test
    void aDaemonKeepsItAndOneThatKnowsNoneHasTheSameMark() throws Exception {
        ChatTarget plain = new ChatTarget("ops", "lark", "https://a", "", "0".repeat(64));
        ChatTarget signed = new ChatTarget("ops", "lark", "https://a", SECRET, "0".repeat(64));
        ChatBook book = new ChatBook(1, List.of(signed));
        assertThat(ChatBook.read(book.bytes("n"), "n")).isEqualTo(book);
        assertThat(new String(new ChatBook(1, List.of(plain)).bytes("n"), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("signing");
        assertThat(book.mark()).isNotEqualTo(new ChatBook(1, List.of(plain)).mark());
    }
}
