package io.jenkins.plugins.shera.terminal.docker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Where an engine listens: a unix socket of this machine, or a host by TLS in both directions. */
public final class EngineAddress {
    private static final Pattern UNIX = Pattern.compile("unix://(/[^\\p{Cntrl}]{1,100})");
    private static final Pattern TCP =
            Pattern.compile("tcp://([A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?):([0-9]{1,5})");

    private final String url;
    private final SSLContext tls;

    /**
     * As docker writes it: {@code unix:///var/run/docker.sock} or {@code tcp://host:2376}.
     *
     * @param tls whom to trust and who we are; null for a unix socket alone
     */
    public EngineAddress(String url, SSLContext tls) {
        if (!isOne(url) || isUnix(url) != (tls == null)) {
            throw new IllegalArgumentException("no address of an engine: " + url);
        }
        this.url = url;
        this.tls = tls;
    }

    /** Whether it can be one. */
    public static boolean isOne(String url) {
        Matcher tcp = TCP.matcher(url);
        return isUnix(url)
                || tcp.matches() && Integer.parseInt(tcp.group(2)) > 0 && Integer.parseInt(tcp.group(2)) < 65536;
    }

    /** Whether it is a socket of this machine, which needs no TLS. */
    public static boolean isUnix(String url) {
        return UNIX.matcher(url).matches();
    }

    /** Whether TLS is spoken. */
    boolean isSecure() {
        return tls != null;
    }

    SocketChannel connect(Duration limit) throws IOException {
        Matcher unix = UNIX.matcher(url);
        if (unix.matches()) {
            return SocketChannel.open(UnixDomainSocketAddress.of(Path.of(unix.group(1))));
        }
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(new InetSocketAddress(host(), port()), (int) limit.toMillis());
            channel.socket().setTcpNoDelay(true);
            channel.socket().setKeepAlive(true);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Our end of TLS, which checks the name of the host; null on a unix socket. */
    SSLEngine tls() {
        if (tls == null) {
            return null;
        }
        SSLEngine engine = tls.createSSLEngine(host(), port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        engine.setSSLParameters(parameters);
        return engine;
    }

    private String host() {
        Matcher tcp = TCP.matcher(url);
        return tcp.matches() ? tcp.group(1) : "";
    }

    private int port() {
        Matcher tcp = TCP.matcher(url);
        return tcp.matches() ? Integer.parseInt(tcp.group(2)) : 0;
    }

    @Override
    public String toString() {
        return url;
    }
}
