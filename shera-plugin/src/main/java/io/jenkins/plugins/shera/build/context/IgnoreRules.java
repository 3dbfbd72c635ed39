package io.jenkins.plugins.shera.build.context;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a {@code .dockerignore} keeps out of the context; the last rule that fits decides. */
final class IgnoreRules {
    private static final int LONGEST = 1024 * 1024;
    private static final int MOST = 1000;

    private final List<Rule> rules = new ArrayList<>();

    IgnoreRules(List<String> lines) throws IOException {
        for (String line : lines) {
            String text = line.startsWith("#") ? "" : line.trim();
            boolean keeps = text.startsWith("!");
            String pattern = clean(keeps ? text.substring(1).trim() : text);
            if (!pattern.isEmpty()) {
                rules.add(new Rule(new PathPattern(pattern), keeps));
            }
        }
        if (rules.size() > MOST) {
            throw new IOException("The .dockerignore has more than " + MOST + " rules: say them with fewer patterns.");
        }
    }

    static IgnoreRules read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return new IgnoreRules(List.of());
        }
        if (Files.size(file) > LONGEST) {
            throw new IOException("The .dockerignore is larger than " + LONGEST + " bytes.");
        }
        return new IgnoreRules(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList());
    }

    private static String clean(String pattern) {
        Path path = Path.of("/" + pattern).normalize();
        return path.toString().substring(1);
    }

    /** Whether the path, or a folder above it, is kept out. */
    boolean ignores(String path) {
        boolean ignored = false;
        for (Rule rule : rules) {
            if (ignored == rule.keeps && rule.fits(path)) {
                ignored = !rule.keeps;
            }
        }
        return ignored;
    }

    private static final class Rule {
        private final PathPattern glob;
        private final boolean keeps;

        Rule(PathPattern glob, boolean keeps) {
            this.glob = glob;
            this.keeps = keeps;
        }

        boolean fits(String path) {
            for (String p = path; !p.isEmpty(); p = p.substring(0, Math.max(0, p.lastIndexOf('/')))) {
                if (glob.matches(p)) {
                    return true;
                }
            }
            return false;
        }
    }
}
