package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.language.Parser;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.SyntaxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What an nginx that was told to reload writes about why it does not: after the test only its error log tells. */
final class ErrorLog {
    private static final int LONGEST = 64 * 1024;
    private static final int MOST_LINES = 3;

    private final Path file;
    private final long from;

    private ErrorLog(Path file, long from) {
        this.file = file;
        this.from = from;
    }

    /** From its end as it is now; of the log that the main configuration itself names, otherwise of none. */
    static ErrorLog since(Path mainConfig) {
        try {
            for (Statement statement : Parser.parse(mainConfig.toString(), Files.readString(mainConfig))
                    .statements()) {
                if (statement.name().equals("error_log")
                        && !statement.arguments().isEmpty()) {
                    Path file = Path.of(statement.arguments().get(0));
                    return file.isAbsolute() && Files.isRegularFile(file)
                            ? new ErrorLog(file, Files.size(file))
                            : new ErrorLog(null, 0);
                }
            }
        } catch (IOException | SyntaxException | RuntimeException e) {
            // It only helps to find out; the reload itself goes on without.
        }
        return new ErrorLog(null, 0);
    }

    /** The newest lines that tell of a failure of nginx itself, without time and process; empty where none does. */
    List<String> failures() {
        if (file == null) {
            return List.of();
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long size = channel.size();
            long begin = Math.max(size < from ? 0 : from, size - LONGEST);
            ByteBuffer bytes = ByteBuffer.allocate((int) (size - begin));
            channel.position(begin);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Reads on.
            }
            List<String> lines = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("[emerg]") || line.contains("[alert]") || line.contains("[crit]"))
                    .map(line -> line.replaceFirst("^.*\\[(emerg|alert|crit)] [0-9#: ]*", ""))
                    .distinct()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
