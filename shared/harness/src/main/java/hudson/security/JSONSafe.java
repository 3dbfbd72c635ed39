package hudson.security;

import java.util.regex.Pattern;

/** Which names of permissions may stand in forms and files. */
final class JSONSafe {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");

    private JSONSafe() {}

    static boolean isSafe(String name) {
        return NAME.matcher(name).matches();
    }
}
