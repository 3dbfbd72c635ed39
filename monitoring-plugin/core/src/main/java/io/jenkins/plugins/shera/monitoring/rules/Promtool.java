package io.jenkins.plugins.shera.monitoring.rules;

import io.jenkins.plugins.shera.nodes.Command;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Asks promtool about rules before anybody else sees them. */
record Promtool(Path binary) {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Checks the files of these tenants that lie in a folder. */
    void check(Path folder, List<RuleFile> rules) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(binary.toString(), "check", "rules"));
        for (RuleFile each : rules) {
            Path file = folder.resolve(RuleFile.fileName(each.tenant()));
            if (Files.exists(file)) {
                argv.add(file.toString());
            }
        }
        if (argv.size() == 3) {
            return;
        }
        Command.Result result = Command.run(argv, folder, LIMIT);
        if (!result.succeeded()) {
            throw new Rollover.RefusedException("promtool refused the rules of " + names(rules) + ": "
                    + result.output().replace(folder + "/", "").strip());
        }
    }

    /** The same for rules that lie nowhere yet. */
    void check(List<RuleFile> rules) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("shera-rules");
        try {
            for (RuleFile each : rules) {
                if (!each.rules().isEmpty()) {
                    Files.write(folder.resolve(RuleFile.fileName(each.tenant())), each.render());
                }
            }
            check(folder, rules);
        } finally {
            for (RuleFile each : rules) {
                Files.deleteIfExists(folder.resolve(RuleFile.fileName(each.tenant())));
            }
            Files.delete(folder);
        }
    }

    static String names(List<RuleFile> rules) {
        return rules.stream().map(RuleFile::tenant).collect(Collectors.joining(", "));
    }
}
