package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.layer.EntryNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jvnet.localizer.Localizable;

/**
 * Looks for secrets by the names of files and by what stands in them. It finds the usual forms (private keys, tokens of well-known
 * services, passwords in settings) and cannot find all. Files over 8 MiB are judged by their names alone.
 */
public final class SecretScan {
    private static final long LARGEST = 8L << 20;
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
    private static final Map<Localizable, Pattern> FORMS = forms();

    private static Map<Localizable, Pattern> forms() {
        Map<Localizable, Pattern> forms = new LinkedHashMap<>();
        forms.put(
                Messages._SecretScan_privateKey(),
                Pattern.compile(
                        "-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,20000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?"));
        forms.put(Messages._SecretScan_aws(), Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"));
        forms.put(
                Messages._SecretScan_github(),
                Pattern.compile("\\bgh[pousr]_[A-Za-z0-9]{36,255}\\b|\\bgithub_pat_\\w{22,255}"));
        forms.put(Messages._SecretScan_gitlab(), Pattern.compile("\\bglpat-[\\w-]{20,255}"));
        forms.put(Messages._SecretScan_slack(), Pattern.compile("\\bxox[abeoprs]-[\\w-]{10,250}"));
        forms.put(
                Messages._SecretScan_web(),
                Pattern.compile("\\beyJ[\\w-]{10,2000}\\.eyJ[\\w-]{10,4000}\\.[\\w-]{10,2000}"));
        forms.put(Messages._SecretScan_address(), Pattern.compile("\\w://[^\\s:/@]{1,100}:([^\\s:/@$]{3,200})@"));
        forms.put(
                Messages._SecretScan_password(),
                Pattern.compile(
                        "(?i)(?:password|secret|token|api[_-]?key)[\"']?\\s{0,5}[=:]\\s{0,5}[\"']?([^\\s\"'${}<>]{6,200})"));
        return forms;
    }

    private SecretScan() {}

    /** Whether a short text looks like a secret. */
    static boolean isSecret(String text) {
        return FORMS.values().stream().anyMatch(form -> form.matcher(text).find());
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
        List<SecretFinding> findings = new ArrayList<>();
        for (Map.Entry<Localizable, Pattern> form : FORMS.entrySet()) {
            Matcher matcher = form.getValue().matcher(text);
            while (matcher.find() && findings.size() < 1000) {
                int group = matcher.groupCount() > 0 && matcher.group(1) != null ? 1 : 0;
                if (text.charAt(matcher.start(group)) == '*') {
                    continue;
                }
                int line = (int) text.substring(0, matcher.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count()
                        + 1;
                findings.add(new SecretFinding("/" + name, line, form.getKey()));
                java.util.Arrays.fill(bytes, matcher.start(group), matcher.end(group), (byte) '*');
            }
            text = new String(bytes, StandardCharsets.ISO_8859_1);
        }
        if (mask && !findings.isEmpty()) {
            Files.write(file, bytes);
        }
        return findings;
    }
}
