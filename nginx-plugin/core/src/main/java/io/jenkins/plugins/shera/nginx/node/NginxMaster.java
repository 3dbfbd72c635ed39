package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.language.Parser;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.SyntaxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The process that takes signals for an nginx. */
final class NginxMaster {
    private static final int LONGEST = 200;

    private NginxMaster() {}

    /**
     * Its number, where the main configuration itself names the file and the process of that number is one; a number that was left behind belongs to
     * somebody else by now.
     */
    static Optional<String> find(Path mainConfig) {
        try {
            Optional<Path> file = pidFile(mainConfig);
            if (file.isEmpty() || !Files.isRegularFile(file.get()) || Files.size(file.get()) > LONGEST) {
                return Optional.empty();
            }
            String number =
                    Files.readString(file.get(), StandardCharsets.US_ASCII).strip();
            if (!number.matches("[1-9][0-9]{0,9}")) {
                return Optional.empty();
            }
            String title = Files.readString(Path.of("/proc", number, "cmdline"), StandardCharsets.ISO_8859_1);
            boolean its = title.startsWith("nginx: master process");
            boolean another = title.contains(" -c ") && !title.contains(mainConfig.toString());
            return its && !another ? Optional.of(number) : Optional.empty();
        } catch (IOException | SyntaxException e) {
            return Optional.empty();
        }
    }

    /** When the workers of this master began that take requests now, in milliseconds since 1970; 0 where that is not told. */
    static long workersSince(String master) {
        return ProcessHandle.of(Long.parseLong(master)).stream()
                .flatMap(ProcessHandle::children)
                .filter(NginxMaster::takesRequests)
                .flatMap(worker -> worker.info().startInstant().stream())
                .mapToLong(Instant::toEpochMilli)
                // One that died was replaced later.
                .min()
                .orElse(0);
    }

    private static boolean takesRequests(ProcessHandle child) {
        try {
            String title = Files.readString(
                    Path.of("/proc", String.valueOf(child.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
            return title.startsWith("nginx: worker process") && !title.contains("shutting down");
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Path> pidFile(Path mainConfig) throws IOException, SyntaxException {
        for (Statement statement : Parser.parse(mainConfig.toString(), Files.readString(mainConfig))
                .statements()) {
            if (statement.name().equals("pid") && statement.arguments().size() == 1) {
                return Optional.of(Path.of(statement.arguments().get(0))).filter(Path::isAbsolute);
            }
        }
        return Optional.empty();
    }
}
