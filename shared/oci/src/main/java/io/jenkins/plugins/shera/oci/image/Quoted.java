package io.jenkins.plugins.shera.oci.image;

/** Text from outside as it may stand in a message: control characters spelled out, at most 80 characters. */
public final class Quoted {
    private static final int LONGEST = 80;

    private Quoted() {}

    /** Puts the text between single quotes; what is not printable ASCII becomes {@code \}{@code uXXXX}. */
    public static String of(String text) {
        if (text == null) {
            return "(nothing)";
        }
        StringBuilder out = new StringBuilder("'");
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        if (text.length() > LONGEST) {
            out.append("...");
        }
        return out.append('\'').toString();
    }
}
