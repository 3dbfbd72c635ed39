package io.jenkins.plugins.shera.terminal.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jvnet.localizer.Localizable;

/**
 * The files of one container. Paths reach the container as arguments, never as part of a script. A write goes to a file beside the
 * old one, which takes its place only when it is whole, with the owner and mode of the old one; links are followed.
 */
public final class ContainerFiles implements FileRoom {
    static final int MOST_ENTRIES = 5000;
    private static final int MOST_LIST_BYTES = 8 << 20;
    private static final int LONGEST_PATH = 4096;
    /** Heads of an archive beside the content of its files. */
    private static final long ROUND = 64L << 20;

    private static final int DENIED = 64;
    private static final int KIND = 65;
    private static final int MISSING = 66;
    private static final int SIZE = 67;
    private static final int MORE = 68;
    private static final int CHANGED = 69;
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");

    private static final String LIST =
            """
            LC_ALL=C; export LC_ALL; [ -d "$1" ] || { [ -e "$1" ] && exit 65; exit 66; }; cd "$1" || exit 64; n=0
            for f in .[!.]* ..?* *; do
              [ -e "./$f" ] || [ -L "./$f" ] || continue
              n=$((n+1)); [ $n -gt 5000 ] && exit 68
              s=$(stat -c "%f %s %Y" "./$f") || continue
              printf "%s\\0%s\\0" "$s" "$f"
            done""";
    private static final String READ =
            """
            LC_ALL=C; export LC_ALL; [ -e "$1" ] || exit 66; [ -f "$1" ] || exit 65; exec cat "$1\"""";
    /** What is refused reads its input to the end all the same, so that whoever sends it hears why and not of a broken pipe. */
    private static final String WRITE =
            """
            LC_ALL=C; export LC_ALL; f=$1; [ -L "$f" ] && f=$(readlink -f "$f"); t="$f.shera-$3"
            no() { cat > /dev/null; exit $1; }
            d=${f%/*}; [ -d "${d:-/}" ] || no 66
            if [ -e "$f" ]; then [ -f "$f" ] || no 65; fi
            trap 'rm -f "$t"' EXIT
            trap 'exit 64' HUP INT TERM PIPE
            if [ -e "$f" ]; then cp -p "$f" "$t" || no 64; fi
            cat > "$t" || no 64
            [ "$(wc -c < "$t")" -eq "$2" ] || exit 67
            if [ -n "$4" ] && command -v sha256sum > /dev/null; then
              s=$(sha256sum < "$f") && [ "${s%% *}" = "$4" ] || exit 69
            fi
            mv -f "$t" "$f" || exit 64""";

    /** All of it is there before anything is unpacked, so that a connection that breaks changes nothing. */
    private static final String UNPACK =
            """
            LC_ALL=C; export LC_ALL; d=$1; t="${d%/}/.shera-$3.tar"
            no() { cat > /dev/null; exit $1; }
            if [ ! -d "$d" ]; then [ -e "$d" ] && no 65; no 66; fi
            command -v tar > /dev/null || { echo tar >&2; no 127; }
            trap 'rm -f "$t"' EXIT
            trap 'exit 64' HUP INT TERM PIPE
            cat > "$t" || no 64
            [ "$(wc -c < "$t")" -eq "$2" ] || exit 67
            tar -xof "$t" -C "$d" || exit 64""";

    private static final String PACK =
            """
            LC_ALL=C; export LC_ALL; if [ ! -d "$1" ]; then [ -e "$1" ] && exit 65; exit 66; fi
            command -v tar > /dev/null || { echo tar >&2; exit 127; }; cd "$1" || exit 64; tar -cf - . || exit 64""";

    private static final String DELETE =
            """
            LC_ALL=C; export LC_ALL; [ -e "$1" ] || [ -L "$1" ] || exit 66
            if [ -d "$1" ] && [ ! -L "$1" ]; then rmdir "$1" || exit 64; else rm -f "$1" || exit 64; fi""";

    private final FileShell shell;

    /** Of the container the shell enters. */
    public ContainerFiles(FileShell shell) {
        this.shell = shell;
    }

    @Override
    public Listing list(String folder) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FileShell.Ended ended = run(LIST, folder, null, new Limited(out, MOST_LIST_BYTES, folder));
        if (ended.code() != MORE) {
            check(ended, folder);
        }
        List<byte[]> fields = fields(out.toByteArray());
        List<ListedFile> files = new ArrayList<>();
        for (int i = 0; i + 1 < fields.size() && files.size() < MOST_ENTRIES; i += 2) {
            files.add(entry(new String(fields.get(i), StandardCharsets.US_ASCII), fields.get(i + 1), folder));
        }
        if (fields.size() % 2 != 0) {
            throw failed(Messages._ContainerFiles_damaged(shown(folder)));
        }
        files.sort(Comparator.comparing(ListedFile::name));
        return new Listing(files, ended.code() != MORE);
    }

    @Override
    public long read(String path, OutputStream to, long most) throws IOException {
        Limited out = new Limited(to, most, path);
        check(run(READ, path, null, out), path);
        return out.count();
    }

    /** A new file gets the mode the container's umask gives; a container with {@code sha256sum} compares in the very moment. */
    @Override
    public void write(String path, Path content, String expected) throws IOException {
        try (InputStream in = Files.newInputStream(content)) {
            String size = Long.toString(Files.size(content));
            String mark = UUID.randomUUID().toString().substring(0, 8);
            check(
                    run(
                            WRITE,
                            path,
                            in,
                            new Limited(OutputStream.nullOutputStream(), 1 << 16, path),
                            size,
                            mark,
                            expected),
                    path);
        }
    }

    @Override
    public FolderArchive.Copied readFolder(String path, OutputStream to, long most, Passage passage)
            throws IOException {
        Path raw = Files.createTempFile("shera-folder-", ".tar");
        try {
            try (OutputStream out = Files.newOutputStream(raw)) {
                OutputStream counted = passage.through(out);
                check(run(PACK, path, null, new Limited(counted, most + most / 4 + ROUND, path)), path);
            }
            try (InputStream in = Files.newInputStream(raw)) {
                return FolderArchive.fromContainer(in, path, false, folderName(path), to, most);
            }
        } finally {
            Files.delete(raw);
        }
    }

    /** What an archive of a folder begins its names with. */
    static String folderName(String path) {
        String name = path.replaceAll("/+$", "");
        name = name.substring(name.lastIndexOf('/') + 1);
        return name.isEmpty() || name.equals(".") || name.equals("..") ? "files" : name;
    }

    @Override
    public void writeFolder(String path, Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            String size = Long.toString(Files.size(archive));
            String mark = UUID.randomUUID().toString().substring(0, 8);
            check(run(UNPACK, path, in, new Limited(OutputStream.nullOutputStream(), 1 << 16, path), size, mark), path);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        check(run(DELETE, path, null, new Limited(OutputStream.nullOutputStream(), 1 << 16, path)), path);
    }

    private FileShell.Ended run(String script, String path, InputStream in, OutputStream out, String... more)
            throws IOException {
        check(path);
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh", path));
        command.addAll(Arrays.asList(more));
        return shell.run(command, in, out);
    }

    /** Refuses what cannot be a path of ours. */
    static void check(String path) throws FileException {
        boolean bad = !path.startsWith("/") || CONTROLS.matcher(path).find();
        if (bad || path.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw new FileException(FileException.Kind.INPUT, Messages._ContainerFiles_path(shown(path)));
        }
    }

    private static void check(FileShell.Ended ended, String path) throws FileException {
        String first = shown(ended.errors().lines().findFirst().orElse(""));
        switch (ended.code()) {
            case 0 -> {
                return;
            }
            case MISSING ->
                throw new FileException(FileException.Kind.MISSING, Messages._ContainerFiles_missing(shown(path)));
            case KIND -> throw new FileException(FileException.Kind.INPUT, Messages._ContainerFiles_kind(shown(path)));
            case CHANGED -> throw FileException.conflict(path);
            case SIZE -> throw failed(Messages._ContainerFiles_size(shown(path)));
            case 126, FileShell.NO_PROGRAM ->
                throw new FileException(FileException.Kind.NO_TOOLS, Messages._ContainerFiles_tools(first));
            case DENIED -> throw failed(Messages._ContainerFiles_failed(shown(path), first));
            default ->
                throw failed(Messages._ContainerFiles_failed(
                        shown(path), first.isEmpty() ? "exit code " + ended.code() : first));
        }
    }

    private static FileException failed(Localizable why) {
        return new FileException(FileException.Kind.FAILED, why);
    }

    private static List<byte[]> fields(byte[] bytes) {
        List<byte[]> fields = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                fields.add(Arrays.copyOfRange(bytes, start, i));
                start = i + 1;
            }
        }
        return fields;
    }

    private static ListedFile entry(String stat, byte[] name, String folder) throws FileException {
        if (!stat.matches("[0-9a-f]{1,8} [0-9]{1,18} -?[0-9]{1,11}") || name.length == 0) {
            throw failed(Messages._ContainerFiles_damaged(shown(folder)));
        }
        String[] parts = stat.split(" ");
        int mode = Integer.parseUnsignedInt(parts[0], 16);
        String text = new String(name, StandardCharsets.UTF_8);
        boolean reachable = isUtf8(name) && isReachable(text);
        return new ListedFile(
                text,
                ListedFile.kind(mode),
                mode & 07777,
                Long.parseLong(parts[1]),
                Instant.ofEpochSecond(Long.parseLong(parts[2])),
                reachable);
    }

    /** Whether a name can be given back. */
    static boolean isReachable(String name) {
        return !CONTROLS.matcher(name).find() && name.indexOf('/') < 0;
    }

    private static boolean isUtf8(byte[] name) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** As it may be shown: without what could move a cursor, and not too long. */
    public static String shown(String text) {
        String clean = CONTROLS.matcher(text).replaceAll("?");
        return clean.length() > 300 ? clean.substring(0, 300) + "..." : clean;
    }
}
