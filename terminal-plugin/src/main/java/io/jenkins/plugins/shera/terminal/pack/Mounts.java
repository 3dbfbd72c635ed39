package io.jenkins.plugins.shera.terminal.pack;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** What is mounted into a container over its own root: volumes, secrets, {@code /proc} and files such as {@code /etc/hosts}. */
final class Mounts {
    private final TreeSet<String> points = new TreeSet<>(Set.of("proc", "sys", "dev"));

    /** Of what is said to be mounted, by paths from the root. */
    Mounts(Set<String> paths) {
        for (String path : paths) {
            String name = path.replaceAll("^/+|/+$", "");
            if (!name.isEmpty()) {
                points.add(name);
            }
        }
    }

    /** Takes the text of {@code /proc/self/mountinfo}, see proc(5): the fifth field is the mount point, escaped in octal. */
    Mounts(String mountinfo) throws PackException {
        boolean root = false;
        for (String line : mountinfo.split("\n")) {
            String[] fields = line.split(" ");
            if (fields.length > 4) {
                String point = unescaped(fields[4]);
                root |= point.equals("/");
                if (point.startsWith("/") && point.length() > 1) {
                    points.add(point.substring(1));
                }
            }
        }
        if (!root) {
            throw new PackException(Messages._Mounts_hidden());
        }
    }

    /** Whether the name is a mount point or below one. */
    boolean cover(String name) {
        for (String at = name; !at.isEmpty(); at = at.contains("/") ? at.substring(0, at.lastIndexOf('/')) : "") {
            if (points.contains(at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a mount point lies at the name or below it. */
    boolean touch(String name) {
        String next = points.ceiling(name + "/");
        return cover(name) || next != null && next.startsWith(name + "/");
    }

    private static String unescaped(String field) {
        byte[] out = new byte[field.length() * 3];
        int length = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            boolean octal = c == '\\'
                    && i + 3 < field.length()
                    && field.substring(i + 1, i + 4).matches("[0-3][0-7]{2}");
            if (octal) {
                out[length++] = (byte) Integer.parseInt(field.substring(i + 1, i + 4), 8);
                i += 3;
            } else {
                byte[] bytes = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(bytes, 0, out, length, bytes.length);
                length += bytes.length;
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
