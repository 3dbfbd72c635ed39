package io.jenkins.plugins.shera.monitoring.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.DummySSLSocketFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a real mail server. */
class SmtpTest {

    private static final Mail MAIL = new Mail(
            "ab12",
            List.of("ops@example.com", "ann@example.com"),
            "retail/shop 已发布到 prod: a subject that is longer than one encoded word of a header may ever be",
            "line\n.\n..dots\n发布\n");

    private GreenMail server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop();
        }
    }

    private MailServer start(String protocol, MailServer.Security security, String user) {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol).dynamicPort());
        if (!user.isEmpty()) {
            server.setUser("jenkins@example.com", user, "s3cret");
        }
        server.start();
        int port = protocol.equals("smtps")
                ? server.getSmtps().getPort()
                : server.getSmtp().getPort();
        return new MailServer("127.0.0.1", port, security, "jenkins@example.com", user, "s3cret");
    }

    @Test
    void aMailArrivesWhole() throws Exception {
        MailServer to = start("smtp", MailServer.Security.NONE, "");
        Smtp.send(to, MAIL);
        MimeMessage[] got = server.getReceivedMessages();
        assertThat(got).hasSize(2);
        assertThat(got[0].getSubject()).isEqualTo(MAIL.subject());
        assertThat(got[0].getContent().toString().replace("\r\n", "\n").strip())
                .isEqualTo(MAIL.text().strip());
        assertThat(got[0].getHeader("Message-ID")).containsExactly("<ab12@example.com>");
        assertThat(got[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(got[0].getFrom()[0]).hasToString("jenkins@example.com");
    }

    @Test
    void logsInAndAWrongPasswordStandsInNoMessage() throws Exception {
        MailServer to = start("smtp", MailServer.Security.NONE, "jenkins");
        Smtp.send(to, MAIL);
        assertThat(server.getReceivedMessages()).isNotEmpty();
        MailServer wrong = new MailServer(to.host(), to.port(), to.security(), to.from(), "jenkins", "wr0ng");
        assertThatThrownBy(() -> Smtp.send(wrong, MAIL))
                .isInstanceOf(NotTakenException.class)
                .hasMessageContaining("to AUTH")
                .hasMessageNotContaining("wr0ng");
        assertThat(wrong.toString()).doesNotContain("wr0ng");
    }

    @Test
    void speaksTlsAndTrustsNoStranger() throws Exception {
        MailServer to = start("smtps", MailServer.Security.TLS, "");
        assertThatThrownBy(() -> Smtp.send(to, MAIL))
                .isInstanceOf(NotTakenException.class)
                .hasMessageContaining("cannot be spoken to");
        MailServer named = new MailServer("localhost", to.port(), to.security(), to.from(), "", "");
        try {
            Smtp.send(named, MAIL, new DummySSLSocketFactory());
            assertThat(server.getReceivedMessages()).isNotEmpty();
        } catch (NotTakenException e) {
            // The server's certificate may name another host, which is refused even by a factory that trusts it.
            assertThat(e).hasMessageContaining("cannot be spoken to");
        }
    }

    @Test
    void sendsNothingInPlainTextWhereTlsWasAskedFor() {
        MailServer to = start("smtp", MailServer.Security.STARTTLS, "");
        assertThatThrownBy(() -> Smtp.send(to, MAIL, (SSLSocketFactory) SSLSocketFactory.getDefault()))
                .isInstanceOf(NotTakenException.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aServerThatIsNoneAndOneThatIsNotThereAreSaid() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answer = new Thread(() -> {
                try (Socket caller = other.accept();
                        OutputStream out = caller.getOutputStream()) {
                    out.write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                } catch (java.io.IOException e) {
                    // The other side is gone.
                }
            });
            answer.start();
            MailServer web = new MailServer(
                    "127.0.0.1", other.getLocalPort(), MailServer.Security.NONE, "a@example.com", "", "");
            assertThatThrownBy(() -> Smtp.send(web, MAIL)).isInstanceOf(NotTakenException.class);
            answer.join();
        }
        MailServer gone = new MailServer("127.0.0.1", 1, MailServer.Security.NONE, "a@example.com", "", "");
        assertThatThrownBy(() -> Smtp.send(gone, MAIL))
                .isInstanceOf(NotTakenException.class)
                .hasMessageContaining("127.0.0.1:1");
    }

    @Test
    void nothingBreaksOutOfAHeader() {
        assertThatThrownBy(() -> new Mail("ab12", List.of("a@b.c\r\nBcc: x@y.z"), "s", "t"))
                .isInstanceOf(IllegalArgumentException.class);
        Mail odd = new Mail("ab12", List.of("a@b.c"), "s\r\nBcc: x@y.z", "t");
        assertThat(odd.wire("f@b.c", java.time.ZonedDateTime.now()))
                .doesNotContain("\nBcc")
                .contains("To: a@b.c\r\n");
    }
}
