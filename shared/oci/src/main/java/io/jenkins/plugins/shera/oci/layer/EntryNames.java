package io.jenkins.plugins.shera.oci.layer;

import io.jenkins.plugins.shera.oci.image.Quoted;
import java.nio.charset.StandardCharsets;

/** The rules for names in a layer. */
public final class EntryNames {
    /** What the name of a whiteout begins with. */
    public static final String WHITEOUT = ".wh.";
    /** The file that hides all a folder held in lower layers. */
    public static final String OPAQUE = ".wh..wh..opq";

    private static final int LONGEST = 4096;

    private EntryNames() {}

    /** Brings {@code ./a/b/} to {@code a/b}; a name that is absolute, climbs, hides where it stands, or holds a NUL is refused. The root is empty. */
    static String normalize(String name) throws LayerException {
        if (name.startsWith("/")) {
            throw new LayerException("The layer names " + Quoted.of(name) + ", an absolute path.");
        }
        StringBuilder out = new StringBuilder();
        for (String part : name.split("/")) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                throw new LayerException("The layer names " + Quoted.of(name) + ", which climbs out of the image.");
            }
            if (part.equals(WHITEOUT) || part.equals(WHITEOUT + ".") || part.equals(WHITEOUT + "..")) {
                // Whoever took away what the rest of it names would take away the folder itself, or the one above it.
                throw new LayerException(
                        "The layer names " + Quoted.of(name) + ", which takes away a folder it stands in.");
            }
            out.append(out.length() == 0 ? "" : "/").append(part);
        }
        String result = out.toString();
        if (result.indexOf('\0') >= 0) {
            throw new LayerException("The layer holds a name with a NUL byte: " + Quoted.of(name) + ".");
        }
        if (result.length() > LONGEST) {
            throw new LayerException("The layer holds a name longer than " + LONGEST + " characters.");
        }
        return result;
    }

    /** Gives back a name that may be written into a layer; anything else is a mistake of the caller. */
    static String check(String name) {
        try {
            if (!name.isEmpty() && normalize(name).equals(name)) {
                return name;
            }
        } catch (LayerException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                Quoted.of(name) + " is not a path below the root of an image, like etc/motd.");
    }

    /** The folder a name stands in; empty for the root. */
    public static String parent(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    /** The last part of a name. */
    public static String last(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
