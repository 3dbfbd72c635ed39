package io.jenkins.plugins.shera.nginx.imports;

import io.jenkins.plugins.shera.nginx.language.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param port 0 for a socket that is no port
 * @param every whether at every IPv4 address, as routes do
 * @param fallback whether it answers for hosts that nobody named
 * @param plain whether no word of it is beyond what routes say
 */
record Listen(int port, boolean every, boolean ssl, boolean http2, boolean fallback, boolean plain) {
    private static final int USUAL_PORT = 80;
    private static final Pattern PLACE = Pattern.compile("(?:(.*):)?([0-9]{1,5})");
    private static final Set<String> KNOWN = Set.of("ssl", "http2", "default_server");

    /** Those of a server; port 80 where it names none, as nginx takes it. */
    static List<Listen> all(Statement server) {
        List<Listen> all = new ArrayList<>();
        for (Statement each : server.block()) {
            if (each.name().equals("listen") && !each.arguments().isEmpty()) {
                all.add(of(each.arguments()));
            }
        }
        return all.isEmpty() ? List.of(new Listen(USUAL_PORT, true, false, false, false, true)) : all;
    }

    private static Listen of(List<String> words) {
        List<String> more = words.subList(1, words.size());
        Matcher place = PLACE.matcher(words.get(0));
        boolean port = place.matches();
        String address = port ? place.group(1) : words.get(0);
        return new Listen(
                port ? Integer.parseInt(place.group(2)) : words.get(0).startsWith("unix:") ? 0 : USUAL_PORT,
                address == null || address.equals("*") || address.equals("0.0.0.0"),
                more.contains("ssl"),
                more.contains("http2"),
                more.contains("default_server") || more.contains("default"),
                KNOWN.containsAll(more));
    }
}
