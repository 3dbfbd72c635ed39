package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.layer.EntryNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jvnet.localizer.Localizable;

/**
 * Looks for secrets by the names of files and by what stands in them. It finds the usual forms (private keys, tokens of well-known
 * services, passwords in settings) and cannot find all. Files over 8 MiB are judged by their names alone.
 */
public final class SecretScan {
    private static final long LARGEST = 8L << 20;
    private static final int MOST_FINDINGS = 1000;
    private static final Set<String> HISTORIES = Set.of(
            ".bash_history",
            ".ash_history",
            ".sh_history",
            ".zsh_history",
            ".history",
            ".mysql_history",
            ".psql_history",
            ".rediscli_history",
            ".python_history",
            ".node_repl_history",
            ".viminfo",
            ".lesshst");
    private static final Set<String> KEYS = Set.of(
            "id_rsa",
            "id_dsa",
            "id_ecdsa",
            "id_ed25519",
            ".netrc",
            ".pgpass",
            ".git-credentials",
            ".npmrc",
            ".pypirc",
            "shadow",
            "gshadow");
    private static final List<String> KEY_ENDINGS = List.of(".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".ppk");
    private static final List<String> KEY_PATHS =
            List.of(".aws/credentials", ".kube/config", ".docker/config.json", "secrets/kubernetes.io/serviceaccount/");
    private static final List<SecretForm> FORMS = List.of(
            new SecretForm(
                    Messages._SecretScan_privateKey(),
                    0,
                    List.of("-----begin "),
                    "-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,20000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?"),
            new SecretForm(Messages._SecretScan_aws(), 0, List.of("akia", "asia"), "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
            new SecretForm(
                    Messages._SecretScan_github(),
                    0,
                    List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
                    "\\bgh[pousr]_[A-Za-z0-9]{36,255}\\b|\\bgithub_pat_\\w{22,255}"),
            new SecretForm(Messages._SecretScan_gitlab(), 0, List.of("glpat-"), "\\bglpat-[\\w-]{20,255}"),
            new SecretForm(Messages._SecretScan_slack(), 0, List.of("xox"), "\\bxox[abeoprs]-[\\w-]{10,250}"),
            new SecretForm(
                    Messages._SecretScan_web(),
                    0,
                    List.of("eyj"),
                    "\\beyJ[\\w-]{10,2000}\\.eyJ[\\w-]{10,4000}\\.[\\w-]{10,2000}"),
            new SecretForm(
                    Messages._SecretScan_address(), 1, List.of("://"), "\\w://[^\\s:/@]{1,100}:([^\\s:/@$]{3,200})@"),
            new SecretForm(
                    Messages._SecretScan_password(),
                    0,
                    List.of("password", "secret", "token", "apikey", "api_key", "api-key"),
                    "(?i)(?:password|secret|token|api[_-]?key)[\"']?\\s{0,5}[=:]\\s{0,5}[\"']?([^\\s\"'${}<>]{6,200})"));

    private SecretScan() {}

    /** Whether a short text looks like a secret. */
    static boolean isSecret(String text) {
        return FORMS.stream().anyMatch(form -> form.isIn(text));
    }

    /** The text with stars over what looks like a secret. */
    public static String masked(String text) {
        StringBuilder all = new StringBuilder(text);
        for (SecretForm form : FORMS) {
            String now = all.toString();
            form.each(now, small(now), match -> {
                int group = SecretForm.group(match);
                for (int i = match.start(group); i < match.end(group); i++) {
                    if (now.charAt(i) != '\n') {
                        all.setCharAt(i, '*');
                    }
                }
            });
        }
        return all.toString();
    }

    private static String small(String text) {
        StringBuilder all = new StringBuilder(text);
        for (int i = 0; i < all.length(); i++) {
            char c = all.charAt(i);
            all.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
        }
        return all.toString();
    }

    /** Small letters for large ones of ASCII, so that no character moves. */
    private static String small(byte[] text) {
        byte[] all = text.clone();
        for (int i = 0; i < all.length; i++) {
            all[i] += all[i] >= 'A' && all[i] <= 'Z' ? 'a' - 'A' : 0;
        }
        return new String(all, StandardCharsets.ISO_8859_1);
    }

    /** What the name alone says; such a file is left out whole where others are masked. */
    public static Optional<SecretFinding> byName(String name) {
        String last = EntryNames.last(name);
        if (HISTORIES.contains(last)) {
            return Optional.of(new SecretFinding("/" + name, 0, Messages._SecretScan_history()));
        }
        boolean key = KEYS.contains(last.replaceAll("-$", ""))
                || KEY_ENDINGS.stream().anyMatch(last::endsWith)
                || KEY_PATHS.stream().anyMatch(("/" + name)::contains);
        return key ? Optional.of(new SecretFinding("/" + name, 0, Messages._SecretScan_keys())) : Optional.empty();
    }

    /**
     * What stands in the file.
     *
     * @param mask write stars over what is found; the file keeps its size
     */
    public static List<SecretFinding> inside(String name, Path file, boolean mask) throws IOException {
        if (Files.size(file) > LARGEST) {
            return List.of();
        }
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String small = small(bytes);
        TreeMap<Integer, Localizable> findings = new TreeMap<>();
        for (SecretForm form : FORMS) {
            form.each(text, small, match -> {
                int group = SecretForm.group(match);
                int start = match.start(group);
                if (findings.size() < MOST_FINDINGS && text.charAt(start) != '*' && bytes[start] != '*') {
                    findings.put(start, form.name());
                    Arrays.fill(bytes, start, match.end(group), (byte) '*');
                }
            });
        }
        if (mask && !findings.isEmpty()) {
            Files.write(file, bytes);
        }
        List<SecretFinding> found = new ArrayList<>();
        int line = 1;
        int at = 0;
        for (Map.Entry<Integer, Localizable> each : findings.entrySet()) {
            for (; at < each.getKey(); at++) {
                line += text.charAt(at) == '\n' ? 1 : 0;
            }
            found.add(new SecretFinding("/" + name, line, each.getValue()));
        }
        return found;
    }
}
