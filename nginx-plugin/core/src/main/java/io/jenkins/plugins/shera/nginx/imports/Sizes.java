package io.jenkins.plugins.shera.nginx.imports;

import io.jenkins.plugins.shera.nginx.imports.Reason.Kind;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as nginx writes them. */
final class Sizes {
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,9})([kKmMgG]?)");
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,6})([smh]?)");

    private Sizes() {}

    static long bytes(List<String> words) throws NotExactException {
        Matcher size = BYTES.matcher(String.join(" ", words));
        if (!size.matches()) {
            throw new NotExactException(Kind.SIZE, String.join(" ", words));
        }
        int shift = "kmg".indexOf(size.group(2).toLowerCase(Locale.ROOT)) + 1;
        return positive(Long.parseLong(size.group(1)) << 10 * (size.group(2).isEmpty() ? 0 : shift));
    }

    static int seconds(List<String> words) throws NotExactException {
        Matcher time = SECONDS.matcher(String.join(" ", words));
        if (!time.matches()) {
            throw new NotExactException(Kind.TIME, String.join(" ", words));
        }
        long unit = time.group(2).equals("h") ? 3600 : time.group(2).equals("m") ? 60 : 1;
        return (int) positive(Long.parseLong(time.group(1)) * unit);
    }

    private static long positive(long value) throws NotExactException {
        if (value == 0) {
            throw new NotExactException(Kind.ZERO);
        }
        return value;
    }
}
