package hudson;

import java.io.File;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Small things that Jenkins offers its plugins. */
public class Util {
    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z0-9_]+|\\{[A-Za-z0-9_.]+}|\\$)");

    Util() {}

    /** The text, or null when it is null or empty. */
    public static String fixEmpty(String s) {
        return s == null || s.isEmpty() ? null : s;
    }

    /** The trimmed text, or null when nothing is left. */
    public static String fixEmptyAndTrim(String s) {
        return s == null ? null : fixEmpty(s.trim());
    }

    /** The text, or the empty text for null. */
    public static String fixNull(String s) {
        return s == null ? "" : s;
    }

    /** The value, or the default for null. */
    public static <T> T fixNull(T s, T defaultValue) {
        return s == null ? defaultValue : s;
    }

    /** The list, or an empty one for null. */
    public static <T> List<T> fixNull(List<T> l) {
        return l == null ? Collections.emptyList() : l;
    }

    /** The set, or an empty one for null. */
    public static <T> Set<T> fixNull(Set<T> l) {
        return l == null ? Collections.emptySet() : l;
    }

    /** The collection, or an empty one for null. */
    public static <T> Collection<T> fixNull(Collection<T> l) {
        return l == null ? Collections.emptySet() : l;
    }

    /** Replaces {@code $NAME}, {@code ${NAME}} by the property, {@code $$} by a dollar; leaves the unknown alone. */
    public static String replaceMacro(String s, Map<String, String> properties) {
        if (s == null) {
            return null;
        }
        Matcher m = VARIABLE.matcher(s);
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            String name = m.group(1);
            String value = name.equals("$")
                    ? "$"
                    : properties.get(name.startsWith("{") ? name.substring(1, name.length() - 1) : name);
            m.appendReplacement(out, Matcher.quoteReplacement(value == null ? m.group() : value));
        }
        return m.appendTail(out).toString();
    }

    /** Escapes text for HTML. */
    public static String escape(String text) {
        if (text == null) {
            return null;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n':
                    out.append("<br>");
                    break;
                case '<':
                    out.append("&lt;");
                    break;
                case '>':
                    out.append("&gt;");
                    break;
                case '&':
                    out.append("&amp;");
                    break;
                case '"':
                    out.append("&quot;");
                    break;
                case '\'':
                    out.append("&#039;");
                    break;
                default:
                    out.append(c);
            }
        }
        return out.toString();
    }

    /** Escapes text for XML; null stays null. */
    public static String xmlEscape(String text) {
        return text == null
                ? null
                : text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Encodes one segment of a URL path. */
    public static String rawEncode(String s) {
        return URLEncoder.encode(s, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~")
                .replace("*", "%2A");
    }

    /** A length of time in words. */
    public static String getTimeSpanString(long milliseconds) {
        long seconds = milliseconds / 1000;
        if (seconds < 1) {
            return milliseconds + " ms";
        }
        if (seconds < 60) {
            return seconds + " sec";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " sec";
        }
        return seconds / 3600 + " hr " + seconds % 3600 / 60 + " min";
    }

    /** Deletes the file or folder with all that is in it. */
    public static void deleteRecursive(File dir) throws IOException {
        deleteContentsRecursive(dir);
        Files.deleteIfExists(dir.toPath());
    }

    /** Deletes what is in the folder. */
    public static void deleteContentsRecursive(File dir) throws IOException {
        if (!Files.isDirectory(dir.toPath(), java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(dir.toPath())) {
            for (Path entry : entries) {
                deleteRecursive(entry.toFile());
            }
        }
    }

    /** The variables, each as {@code NAME=value}. */
    public static String[] mapToEnv(Map<String, String> m) {
        return m.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toArray(String[]::new);
    }

    /** MD5 of the UTF-8 text, in hex. */
    public static String getDigestOf(String text) {
        try {
            return toHexString(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bytes in lower-case hex. */
    public static String toHexString(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The bytes that a hex text stands for. */
    public static byte[] fromHexString(String data) {
        return HexFormat.of().parseHex(data);
    }
}
