package io.jenkins.plugins.shera.terminal.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Lists every file of a container's root by its own find and stat, as busybox, toybox and GNU have them. Fields are
 * separated by NUL: for each batch the number of files, a line of stat for each, and their names.
 */
final class ContainerWalk {
    private static final int LONGEST_FIELD = 8 << 20;
    private static final String STAT = "%Z %f %u %g %s %Y";
    private static final String SCRIPT = "LC_ALL=C; export LC_ALL; exec find / -xdev -exec sh -c '"
            + "if o=$(stat -c \"" + STAT
            + "\" \"$@\" 2>/dev/null); then printf \"%s\\0%s\\0\" $# \"$o\"; printf \"%s\\0\" \"$@\";"
            + " else for f; do o=$(stat -c \"" + STAT
            + "\" \"$f\") && printf \"1\\0%s\\0%s\\0\" \"$o\" \"$f\"; done; fi' sh {} +";

    /** Takes one file of the container. */
    interface Visitor {
        void file(ContainerFile file) throws IOException;
    }

    private final ContainerShell shell;
    private final TreeSet<String> unreadable = new TreeSet<>();

    ContainerWalk(ContainerShell shell) {
        this.shell = shell;
    }

    /** Visits every file of the root's own file system, in no order. */
    void each(Visitor visitor) throws IOException {
        Fields fields = new Fields(visitor);
        ContainerShell.Ended ended = shell.run(List.of("sh", "-c", SCRIPT), fields);
        if (ended.errors().length() >= ContainerShell.LONGEST_ERRORS) {
            throw new PackException(Messages._ContainerWalk_unreadable());
        }
        noteErrors(ended.errors());
        if (fields.files == 0) {
            throw new PackException(Messages._ContainerWalk_tools(reason(ended)));
        }
        fields.finish(ended);
    }

    /** Folders and files the container's user may not read, after {@link #each}; a hostile name may be missing. */
    TreeSet<String> unreadable() {
        return unreadable;
    }

    private static String reason(ContainerShell.Ended ended) {
        String first = ended.errors().lines().findFirst().orElse("");
        return first.isEmpty() ? "exit code " + ended.code() : first;
    }

    private void noteErrors(String errors) {
        for (String line : errors.split("\n")) {
            int slash = line.indexOf('/');
            int end = line.lastIndexOf(": Permission denied");
            if (slash >= 0 && end > slash) {
                String name = line.substring(slash + 1, end);
                unreadable.add(name.endsWith("'") ? name.substring(0, name.length() - 1) : name);
            }
        }
    }

    /** Cuts the stream at NUL and puts batches together. */
    private static final class Fields extends OutputStream {
        private final Visitor visitor;
        private final ByteArrayOutputStream field = new ByteArrayOutputStream();
        private final List<String> stats = new ArrayList<>();
        private int expected = -1;
        private int named;
        private long files;

        Fields(Visitor visitor) {
            this.visitor = visitor;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int start = from;
            for (int i = from; i < from + length; i++) {
                if (bytes[i] == 0) {
                    field.write(bytes, start, i - start);
                    start = i + 1;
                    take();
                    field.reset();
                }
            }
            field.write(bytes, start, from + length - start);
            if (field.size() > LONGEST_FIELD) {
                throw damaged();
            }
        }

        private void take() throws IOException {
            if (expected < 0) {
                expected = number(text(), 10, 1 << 20);
                return;
            }
            if (stats.isEmpty()) {
                stats.addAll(text().lines().toList());
                if (stats.size() != expected || expected == 0) {
                    throw damaged();
                }
                return;
            }
            visit(stats.get(named++), field.toByteArray());
            if (named == expected) {
                stats.clear();
                named = 0;
                expected = -1;
            }
        }

        private void visit(String stat, byte[] path) throws IOException {
            String[] parts = stat.split(" ");
            if (parts.length != 6 || path.length == 0 || path[0] != '/') {
                throw damaged();
            }
            files++;
            String name = name(path);
            if (!name.isEmpty()) {
                visitor.file(new ContainerFile(
                        name,
                        number(parts[1], 16, Integer.MAX_VALUE),
                        whole(parts[2]),
                        whole(parts[3]),
                        whole(parts[4]),
                        whole(parts[0]),
                        whole(parts[5])));
            }
        }

        private static String name(byte[] path) throws PackException {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(path, 1, path.length - 1))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new PackException(Messages._ContainerWalk_utf8(
                        new String(path, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?")));
            }
        }

        private static int number(String text, int radix, int most) throws PackException {
            try {
                int value = Integer.parseInt(text.trim(), radix);
                if (value >= 0 && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw damaged();
            }
            throw damaged();
        }

        private static long whole(String text) throws PackException {
            if (!text.matches("-?[0-9]{1,18}")) {
                throw damaged();
            }
            return Long.parseLong(text);
        }

        private String text() {
            return field.toString(StandardCharsets.UTF_8);
        }

        void finish(ContainerShell.Ended ended) throws PackException {
            if (expected >= 0 || field.size() > 0) {
                throw new PackException(Messages._ContainerWalk_broke(ended.code()));
            }
        }

        private static PackException damaged() {
            return new PackException(Messages._ContainerWalk_damaged());
        }
    }
}
