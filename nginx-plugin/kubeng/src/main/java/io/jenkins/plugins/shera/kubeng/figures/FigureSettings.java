package io.jenkins.plugins.shera.kubeng.figures;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where figures come from and where Prometheus fetches them.
 *
 * @param listen address of the endpoint; null where Jenkins alone is told
 * @param status what {@code stub_status} of this nginx answers at; null where it is not asked
 * @param log what nginx writes for each request; null where it is not read
 */
public record FigureSettings(InetSocketAddress listen, URI status, Path log) {
    private static final Pattern LISTEN =
            Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:]+]):([0-9]{1,5})");
    private static final Pattern LOCAL = Pattern.compile("http://(?:127\\.0\\.0\\.1|\\[::1])(?::[0-9]{1,5})?/.*");

    /**
     * From the text of the settings; nothing listens without the first.
     *
     * @return null where the first and the last are empty
     * @throws IOException saying which is wrong
     */
    public static FigureSettings of(String listen, String status, String log) throws IOException {
        if (listen.isEmpty()) {
            if (!status.isEmpty()) {
                throw new IOException("The setting 'metrics.status' needs 'metrics.listen', where Prometheus fetches."
                        + " Add a line metrics.listen=127.0.0.1:9145");
            }
            return log.isEmpty() ? null : new FigureSettings(null, null, Path.of(log));
        }
        return new FigureSettings(address(listen), status(status), log.isEmpty() ? null : Path.of(log));
    }

    private static InetSocketAddress address(String listen) throws IOException {
        Matcher parts = LISTEN.matcher(listen);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65535) {
            throw new IOException("The setting 'metrics.listen' is '" + listen + "', which is not an IP address and a"
                    + " port. Write it as 127.0.0.1:9145 or [::1]:9145.");
        }
        return new InetSocketAddress(InetAddress.getByName(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    private static URI status(String status) throws IOException {
        if (status.isEmpty()) {
            return null;
        }
        try {
            if (LOCAL.matcher(status).matches()) {
                return URI.create(status);
            }
        } catch (IllegalArgumentException e) {
            // Told below with every other text that is no such address.
        }
        throw new IOException("The setting 'metrics.status' is '" + status + "', which is not an address of nginx on"
                + " this machine. Write it as http://127.0.0.1:18089/status");
    }
}
