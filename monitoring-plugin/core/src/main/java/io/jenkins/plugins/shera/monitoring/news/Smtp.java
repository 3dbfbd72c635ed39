package io.jenkins.plugins.shera.monitoring.news;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Hands mails to a mail server (RFC 5321): one connection a mail, an end to every wait, no word of a password in what it says. */
public final class Smtp {

    private static final int CONNECT_MILLIS = 5_000;
    private static final long WHOLE_NANOS = Duration.ofSeconds(20).toNanos();
    private static final int LONGEST_LINE = 2_000;
    private static final int MOST_LINES = 100;

    private final MailServer server;
    private final SSLSocketFactory tls;
    private final long until = System.nanoTime() + WHOLE_NANOS;
    private Socket socket;
    private InputStream in;

    private Smtp(MailServer server, SSLSocketFactory tls) {
        this.server = server;
        this.tls = tls;
    }

    /** Sends a mail; the server has taken it when this returns. */
    public static void send(MailServer server, Mail mail) throws NotTakenException {
        send(server, mail, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    static void send(MailServer server, Mail mail, SSLSocketFactory tls) throws NotTakenException {
        try {
            new Smtp(server, tls).talk(mail);
        } catch (NotTakenException e) {
            throw e;
        } catch (IOException e) {
            throw new NotTakenException(
                    "the mail server " + server + " cannot be spoken to: "
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
                    Duration.ZERO);
        }
    }

    private void talk(Mail mail) throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_MILLIS);
            use(server.security() == MailServer.Security.TLS ? secured(plain) : plain);
            expect(2, "greeting");
            List<String> offers = hello();
            if (server.security() == MailServer.Security.STARTTLS) {
                if (!offers.contains("STARTTLS")) {
                    throw refused("does not offer STARTTLS, and nothing is sent in plain text");
                }
                say("STARTTLS", 2, "STARTTLS");
                use(secured(plain));
                offers = hello();
            }
            if (!server.user().isEmpty()) {
                login(offers);
            }
            say("MAIL FROM:<" + server.from() + ">", 2, "MAIL FROM");
            for (String each : mail.to()) {
                say("RCPT TO:<" + each + ">", 2, "RCPT TO " + each);
            }
            say("DATA", 3, "DATA");
            write(mail.wire(server.from(), ZonedDateTime.now()).replaceAll("(?m)^\\.", "..") + ".\r\n");
            expect(2, "the mail");
            write("QUIT\r\n");
        }
    }

    private void use(Socket used) throws IOException {
        socket = used;
        in = new BufferedInputStream(used.getInputStream());
    }

    private Socket secured(Socket plain) throws IOException {
        plain.setSoTimeout(left());
        SSLSocket secured = (SSLSocket) tls.createSocket(plain, server.host(), server.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private List<String> hello() throws IOException {
        write("EHLO " + name() + "\r\n");
        List<String> offers = new ArrayList<>();
        for (String line : expect(2, "EHLO")) {
            offers.add(line.substring(Math.min(4, line.length())).toUpperCase(Locale.ROOT));
        }
        return offers;
    }

    /** An address literal is right where no name is known. */
    private String name() {
        InetAddress here = socket.getLocalAddress();
        return (here.getAddress().length == 4 ? "[" : "[IPv6:")
                + here.getHostAddress().replaceAll("%.*", "") + "]";
    }

    private void login(List<String> offers) throws IOException {
        boolean open = server.security() == MailServer.Security.NONE;
        if (open && !socket.getInetAddress().isLoopbackAddress()) {
            throw refused("would get the password in plain text; set STARTTLS or TLS");
        }
        String mechanisms = offers.stream()
                .filter(each -> each.startsWith("AUTH"))
                .findFirst()
                .orElse("");
        if (mechanisms.contains("PLAIN")) {
            say("AUTH PLAIN " + base64("\0" + server.user() + "\0" + server.password()), 2, "AUTH");
        } else if (mechanisms.contains("LOGIN")) {
            say("AUTH LOGIN", 3, "AUTH");
            say(base64(server.user()), 3, "AUTH");
            say(base64(server.password()), 2, "AUTH");
        } else {
            throw refused("offers neither AUTH PLAIN nor AUTH LOGIN");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void say(String line, int wanted, String what) throws IOException {
        write(line + "\r\n");
        expect(wanted, what);
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** The lines of an answer; only its code is told on, as servers repeat what they were sent. */
    private List<String> expect(int wanted, String what) throws IOException {
        List<String> lines = new ArrayList<>();
        String line;
        do {
            line = line();
            lines.add(line);
            if (line.length() < 3 || lines.size() > MOST_LINES) {
                throw refused("does not speak SMTP");
            }
        } while (line.length() > 3 && line.charAt(3) == '-');
        if (line.charAt(0) != '0' + wanted) {
            String code = line.substring(0, 3).replaceAll("[^0-9]", "?");
            throw refused("answered " + code + " to " + what);
        }
        return lines;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            socket.setSoTimeout(left());
            int next = in.read();
            if (next < 0) {
                throw refused("closed the connection");
            }
            if (next == '\n') {
                return line.toString(StandardCharsets.UTF_8).strip();
            }
            if (line.size() >= LONGEST_LINE) {
                throw refused("does not speak SMTP");
            }
            line.write(next);
        }
    }

    private int left() throws SocketTimeoutException {
        long millis = (until - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("it takes too long");
        }
        return (int) millis;
    }

    private NotTakenException refused(String what) {
        return new NotTakenException("the mail server " + server + " " + what, Duration.ZERO);
    }
}
