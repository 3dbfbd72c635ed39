package io.jenkins.plugins.shera.build.source;

import java.util.List;
import java.util.regex.Pattern;

/** The format of OpenSSH's {@code known_hosts}, as far as it can be checked without asking a server; see sshd(8). */
public final class KnownHosts {
    private static final Pattern LINE = Pattern.compile(
            "(@(cert-authority|revoked) +)?[^\\s@#][^\\s]* +(ssh|ecdsa|sk)-[a-zA-Z0-9@.-]+ +AAAA[A-Za-z0-9+/]+={0,2}( .*)?");

    private KnownHosts() {}

    /** The number of the first line, from 1, that is neither empty, a comment, nor a host with its key; 0 if all are. */
    public static int firstWrongLine(String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#") && !LINE.matcher(line).matches()) {
                return i + 1;
            }
        }
        return 0;
    }

    /** The same with line ends of Unix, and one at the end; empty stays empty. */
    public static String tidy(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() ? "" : stripped.replaceAll("\\R", "\n") + "\n";
    }
}
